package org.rtpipeline.organize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rtpipeline.organize.Headers.header;
import static org.rtpipeline.organize.Headers.plan;
import static org.rtpipeline.organize.Headers.structures;
import static org.rtpipeline.organize.Headers.to;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.DoseDecision.Rule;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;
import org.rtpipeline.model.Reference.Role;

final class DoseResolverTest {

  private static final InstanceHeader PLAN_A = plan("A", "s", null, List.of(2, 1));

  @Test
  void aCourseWithoutDosesHasNothingToChooseFrom() {
    assertThat(decide()).isEqualTo(closed(Rule.NO_DOSES, "the course has no dose"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "PLAN", "PLAN_OVERVIEW"})
  void aDoseThatNamesNoPartOfItsPlanIsThatOfTheWholePlan(@Nullable String summation) {
    DoseDecision decision = decide(dose("d", summation, "A"));

    assertThat(decision.rule()).isEqualTo(Rule.SINGLE_DOSE);
    assertThat(decision.chosenUids()).containsExactly("d");
    assertThat(decision.reason()).isEqualTo("the only dose of a whole plan");
  }

  @Test
  void twoWholePlanDosesWithoutASumChooseNone() {
    DoseDecision decision = decide(dose("d2", "PLAN", "B"), dose("d1", "PLAN", "A"));

    assertThat(decision.rule()).isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    assertThat(decision.reason())
        .isEqualTo("2 doses of whole plans and no plan sum: they may be added or alternatives");
    assertThat(decision.chosenUids()).isEmpty();
    assertThat(decision.excludedUids()).containsExactly("d1", "d2");
  }

  @Test
  void twoDosesOfOnePlanMayBeAlternativesAndChooseNone() {
    assertThat(decide(dose("d1", "PLAN", "A"), dose("d2", null, "A")).chosenUids()).isEmpty();
  }

  @Test
  void doseOfTypeErrorIsNeverChosen() {
    DoseDecision decision = decide(error("e", "PLAN", "A"));

    assertThat(decision.rule()).isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    assertThat(decision.chosenUids()).isEmpty();
    assertThat(decision.excludedUids()).containsExactly("e");
  }

  @Test
  void doseOfTypeErrorDoesNotStandInTheWayOfTheDoseItself() {
    DoseDecision decision = decide(error("e", "PLAN_SUM", "A", "B"), dose("d", "PLAN", "A"));

    assertThat(decision.rule()).isEqualTo(Rule.SINGLE_DOSE);
    assertThat(decision.chosenUids()).containsExactly("d");
    assertThat(decision.excludedUids()).containsExactly("e");
  }

  @Test
  void aSumThatNamesNoPlanIsNotTrustedBesideOtherDoses() {
    DoseDecision decision =
        decide(dose("sum", "PLAN_SUM"), dose("a", "PLAN", "A"), dose("b", "PLAN", "B"));

    assertThat(decision.rule()).isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    assertThat(decision.chosenUids()).isEmpty();
  }

  @Test
  void aDoseThatNamesNoPlanIsInNoSum() {
    assertThat(decide(dose("sum", "PLAN_SUM", "A"), dose("d", "PLAN")).chosenUids()).isEmpty();
  }

  @Test
  void aBeamDoseThatNamesNoPlanIsNoPartOfTheOnePlanDose() {
    assertThat(decide(dose("whole", "PLAN", "A"), beam("b", "f", 1)).chosenUids()).isEmpty();
  }

  @Test
  void partsOfThePlanAreLeftOutBesideItsWholeDose() {
    DoseDecision decision =
        decide(dose("whole", "PLAN", "A"), beam("b1", "f", 1, "A"), beam("b2", "f", 2, "A"));

    assertThat(decision.rule()).isEqualTo(Rule.SINGLE_DOSE);
    assertThat(decision.chosenUids()).containsExactly("whole");
    assertThat(decision.excludedUids()).containsExactly("b1", "b2");
    assertThat(decision.reason()).endsWith("2 part(s) of it are left out");
  }

  @Test
  void aBeamOfAnotherPlanBesideTheOnePlanDoseChoosesNone() {
    DoseDecision decision = decide(dose("whole", "PLAN", "A"), beam("b", "f", 1, "B"));

    assertThat(decision)
        .isEqualTo(
            closed(
                Rule.AMBIGUOUS_NO_SUM,
                "1 dose(s) of parts of another plan stand beside the one plan dose",
                "b",
                "whole"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAN_SUM", "MULTI_PLAN"})
  void theSumOverAllPlansIsUsedAloneAndItsPartsAreNotAddedAgain(String summation) {
    DoseDecision decision =
        decide(dose("a", "PLAN", "A"), dose("b", "PLAN", "B"), dose("sum", summation, "A", "B"));

    assertThat(decision.rule()).isEqualTo(Rule.PLAN_SUM_USED);
    assertThat(decision.chosenUids()).containsExactly("sum");
    assertThat(decision.excludedUids()).containsExactly("a", "b");
    assertThat(decision.reason()).endsWith("refers to 2 plan(s)");
  }

  @Test
  void planSumThatLeavesOutAPlanIsNotTrusted() {
    DoseDecision decision = decide(dose("boost", "PLAN", "C"), dose("sum", "PLAN_SUM", "A", "B"));

    assertThat(decision)
        .isEqualTo(
            closed(
                Rule.AMBIGUOUS_NO_SUM,
                "the plan sum leaves out the plan of 1 other dose(s)",
                "boost",
                "sum"));
  }

  @Test
  void theSumOverMorePlansIsUsedBeforeTheSumOverSomeOfThem() {
    DoseDecision decision =
        decide(dose("s2", "PLAN_SUM", "A", "B"), dose("s3", "PLAN_SUM", "A", "B", "C"));

    assertThat(decision.chosenUids()).containsExactly("s3");
    assertThat(decision.excludedUids()).containsExactly("s2");
  }

  @Test
  void twoSumsOverEquallyManyPlansChooseNone() {
    DoseDecision decision =
        decide(dose("s1", "PLAN_SUM", "A", "B"), dose("s2", "PLAN_SUM", "A", "C"));

    assertThat(decision.rule()).isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    assertThat(decision.chosenUids()).isEmpty();
    assertThat(decision.reason()).isEqualTo("2 plan sums refer to 2 plans each");
  }

  @Test
  void aSumThatNamesNoPlanIsUsedWhenItIsTheOnlyDose() {
    assertThat(decide(dose("sum", "PLAN_SUM")).chosenUids()).containsExactly("sum");
  }

  @Test
  void oneDosePerTreatmentBeamOfThePlanIsAdded() {
    DoseDecision decision = decide(beam("b2", "f", 2, "A"), beam("b1", "f", 1, "A"));

    assertThat(decision.rule()).isEqualTo(Rule.BEAM_DOSES_SUMMED);
    assertThat(decision.chosenUids()).containsExactly("b1", "b2");
    assertThat(decision.excludedUids()).isEmpty();
  }

  @Test
  void beamDosesOfTwoPlansAreNotAdded() {
    DoseDecision decision = decide(beam("b1", "f", 1, "A"), beam("b2", "f", 2, "B"));

    assertThat(decision)
        .isEqualTo(
            closed(
                Rule.BEAM_DOSES_INCOMPLETE,
                "2 beam dose(s) refer to 2 plans, expected 1",
                "b1",
                "b2"));
  }

  @Test
  void beamDosesThatNameNoPlanAreNotAdded() {
    assertThat(decide(beam("b1", "f", 1), beam("b2", "f", 2)).reason())
        .isEqualTo("2 beam dose(s) refer to 0 plans, expected 1");
  }

  @Test
  void beamDosesOfSeveralFramesOfReferenceAreNotAdded() {
    DoseDecision decision = decide(beam("b1", "f", 1, "A"), beam("b2", "g", 2, "A"));

    assertThat(decision.rule()).isEqualTo(Rule.BEAM_DOSES_INCOMPLETE);
    assertThat(decision.chosenUids()).isEmpty();
    assertThat(decision.reason()).contains("several frames of reference");
  }

  @Test
  void aBeamDoseWithoutAFrameIsNotAddedToOneWithAFrame() {
    assertThat(decide(beam("b1", null, 1, "A"), beam("b2", "f", 2, "A")).chosenUids()).isEmpty();
  }

  @Test
  void beamDosesWithoutTheirPlanAreNotAdded() {
    DoseDecision decision = decide(beam("b1", "f", 1, "gone"), beam("b2", "f", 2, "gone"));

    assertThat(decision.rule()).isEqualTo(Rule.BEAM_DOSES_INCOMPLETE);
    assertThat(decision.reason())
        .isEqualTo(
            "beam doses are there for beams [1, 2], their plan with its treatment beams is not");
  }

  @Test
  void anObjectThatIsNoPlanTellsNoTreatmentBeams() {
    DoseDecision decision =
        decide(
            List.of(beam("b1", "f", 1, "rs"), beam("b2", "f", 2, "rs")),
            List.of(structures("rs", "s", "f")));

    assertThat(decision.rule()).isEqualTo(Rule.BEAM_DOSES_INCOMPLETE);
  }

  @Test
  void aTreatmentBeamWithoutADoseMakesTheOthersUseless() {
    DoseDecision decision = decide(beam("b1", "f", 1, "A"));

    assertThat(decision.rule()).isEqualTo(Rule.BEAM_DOSES_INCOMPLETE);
    assertThat(decision.reason())
        .isEqualTo("beam doses are there for beams [1], the plan treats with [1, 2]");
  }

  @Test
  void aBeamDoseThatNamesTwoBeamsIsNotADoseOfOneBeam() {
    InstanceHeader both = make("b", "PHYSICAL", "BEAM", "f", List.of(1, 2), new String[] {"A"});

    assertThat(decide(both).rule()).isEqualTo(Rule.BEAM_DOSES_INCOMPLETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FRACTION", "BEAM_SESSION", "CONTROL_POINT", "BRACHY", "RECORD"})
  void aDoseOfAnotherPartOfATreatmentIsNotTheDoseOfTheCourse(String summation) {
    DoseDecision decision = decide(dose("d", summation, "A"));

    assertThat(decision)
        .isEqualTo(
            closed(
                Rule.AMBIGUOUS_NO_SUM,
                "no dose of a whole plan or of a sum of plans: {" + summation + "=1}",
                "d"));
  }

  @Test
  void beamsBesideADoseOfAFractionAreNotAdded() {
    DoseDecision decision =
        decide(beam("b1", "f", 1, "A"), beam("b2", "f", 2, "A"), dose("x", "FRACTION", "A"));

    assertThat(decision.rule()).isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    assertThat(decision.reason()).endsWith("{BEAM=2, FRACTION=1}");
  }

  @Test
  void curvesWithoutGridStandInNoDosesWay() {
    DoseDecision decision = decide(dose("d", "PLAN", "A"), curves("c", "A"));

    assertThat(decision.rule()).isEqualTo(Rule.SINGLE_DOSE);
    assertThat(decision.chosenUids()).containsExactly("d");
    assertThat(decision.excludedUids()).containsExactly("c");
    assertThat(decision.reason()).isEqualTo("the only dose of a whole plan");
  }

  @Test
  void curvesAloneAreNoDose() {
    assertThat(decide(curves("c", "A")))
        .isEqualTo(
            closed(
                Rule.NO_DOSES,
                "none of 1 dose object(s) has a grid, only curves or points: no rows (0028,0010)"
                    + " or no columns (0028,0011)",
                "c"));
  }

  @Test
  void aStructureSetIsNeverTakenForADose() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decide(structures("rs", "s", "f")))
        .withMessage("rs is no dose");
  }

  private static DoseDecision decide(InstanceHeader... doses) {
    return decide(List.of(doses), List.of(PLAN_A, plan("B", "s", null, List.of(1, 2))));
  }

  private static DoseDecision decide(List<InstanceHeader> doses, List<InstanceHeader> plans) {
    return DoseResolver.decide(
        new DoseQuestion(doses, plans, List.of(), List.of(), OrganizeOptions.RelativeDoses.REFUSE));
  }

  private static DoseDecision closed(Rule rule, String reason, String... excluded) {
    return new DoseDecision(rule, List.of(), List.of(excluded), reason);
  }

  private static InstanceHeader dose(String uid, @Nullable String summation, String... plans) {
    return make(uid, "PHYSICAL", summation, "f", List.of(), plans);
  }

  private static InstanceHeader error(String uid, String summation, String... plans) {
    return make(uid, "ERROR", summation, "f", List.of(), plans);
  }

  private static InstanceHeader curves(String uid, String plan) {
    return header(
        uid,
        "RTDOSE",
        "s",
        "f",
        new ObjectFacts.Dose("GY", "PHYSICAL", "PLAN", List.of(), 0),
        to(Role.PLAN, plan));
  }

  private static InstanceHeader beam(
      String uid, @Nullable String frame, int number, String... plans) {
    return make(uid, "PHYSICAL", "BEAM", frame, List.of(number), plans);
  }

  private static InstanceHeader make(
      String uid,
      String type,
      @Nullable String summation,
      @Nullable String frame,
      List<Integer> beams,
      String[] plans) {
    return header(
        uid,
        "RTDOSE",
        "s",
        frame,
        new ObjectFacts.Dose("GY", type, summation, beams, 1000),
        Arrays.stream(plans).map(p -> to(Role.PLAN, p)).toArray(Reference[]::new));
  }
}
