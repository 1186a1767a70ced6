package org.rtpipeline.organize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.rtpipeline.organize.Headers.header;
import static org.rtpipeline.organize.Headers.to;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.DoseDecision.Confidence;
import org.rtpipeline.model.DoseDecision.Rule;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.ObjectFacts.PlanRelation;
import org.rtpipeline.model.Prescription;
import org.rtpipeline.model.Reference.Role;

/** What speaks for adding the doses of several plans, for taking one of them, and for neither. */
final class DoseEvidenceTest {

  private static final LocalDate MARCH = LocalDate.of(2024, 3, 4);

  @Test
  void aPlanThatWasTreatedInFullAndThenAnotherAddUp() {
    DoseDecision decision =
        decide(
            List.of(
                plan("a", MARCH, 5, 50.0, "first", 2, "rs"),
                plan("b", MARCH.plusDays(9), 2, 50.0, "second", 2, "rs")),
            List.of(dose("da", "a"), dose("db", "b")),
            both(records("a", MARCH, 5), records("b", MARCH.plusDays(7), 1)));

    assertThat(decision.rule()).isEqualTo(Rule.PLANS_SUMMED);
    assertThat(decision.chosenUids()).containsExactly("da", "db");
    assertThat(decision.reason()).contains("5 of 5 and 1 of 2 fractions have records");
    assertThat(decision.confidence()).isEqualTo(Confidence.HIGH);
  }

  @Test
  void twoFractionsOfADayCountAsTwoWithoutNumbers() {
    List<InstanceHeader> twiceDaily = new ArrayList<>();
    for (int day = 0; day < 5; day++) {
      for (int record = 1; record <= 4; record++) {
        twiceDaily.add(
            header(
                "a" + day + record,
                "RTRECORD",
                "s",
                null,
                new ObjectFacts.Delivery(
                    MARCH.plusDays(day), null, List.of("TREATMENT"), List.of((record + 1) / 2)),
                to(Role.PLAN, "a")));
      }
    }
    DoseDecision decision =
        decide(
            List.of(
                plan("a", MARCH, 10, 50.0, "first", 2, "rs"),
                plan("b", MARCH.plusDays(9), 5, 50.0, "second", 2, "rs")),
            List.of(dose("da", "a"), dose("db", "b")),
            both(twiceDaily, records("b", MARCH.plusDays(7), 5)));

    assertThat(decision.reason()).contains("10 of 10 and 5 of 5 fractions have records");
    assertThat(decision.rule()).isEqualTo(Rule.PLANS_SUMMED);
  }

  @Test
  void plansTreatedOnTheSameDaysAddUp() {
    DoseDecision decision =
        decide(
            List.of(
                plan("a", MARCH, 5, 50.0, "left", 2, "rs"),
                plan("b", MARCH.plusDays(1), 5, 50.0, "right", 3, "rs2")),
            List.of(dose("da", "a"), dose("db", "b")),
            both(records("a", MARCH, 5), records("b", MARCH, 5)));

    assertThat(decision.rule()).isEqualTo(Rule.PLANS_SUMMED);
  }

  @Test
  void thePlanThatHasTheRestOfTheFractionsIsAReplan() {
    DoseDecision decision =
        decide(
            List.of(
                plan("b", MARCH, 20, 40.0, "y", 2, "rs2"),
                plan("a", MARCH.plusDays(1), 30, 60.0, "x", 2, "rs")),
            List.of(dose("da", "a"), dose("db", "b")),
            both(records("a", MARCH, 10), records("b", MARCH.plusDays(20), 4)));

    assertThat(decision.rule()).isEqualTo(Rule.REPLAN_FIRST_PLAN);
    assertThat(decision.chosenUids())
        .as("first by treatment, not by plan date")
        .containsExactly("da");
    assertThat(decision.rule().pythonClass()).isEqualTo("replan_itt_first");
  }

  @Test
  void aPlanThatReplacedAnotherBeforeTreatmentIsTheOne() {
    DoseDecision decision =
        decide(
            List.of(
                plan("a", MARCH, 5, 50.0, "x", 2, "rs"),
                plan("b", MARCH.plusDays(1), 5, 50.0, "y", 2, "rs")),
            List.of(dose("da", "a"), dose("db", "b")),
            records("b", MARCH.plusDays(7), 5));

    assertThat(decision.rule()).isEqualTo(Rule.REPLAN_TREATED_PLAN);
    assertThat(decision.chosenUids()).containsExactly("db");
  }

  @Test
  void anUnfinishedPlanAloneSaysNothingOfTheOther() {
    DoseDecision decision =
        decide(
            List.of(
                plan("a", MARCH, 5, 50.0, "x", 2, "rs"), plan("b", MARCH, 5, 10.0, "y", 2, "rs2")),
            List.of(dose("da", "a"), dose("db", "b")),
            records("a", MARCH, 3));

    assertThat(decision.rule()).isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    assertThat(decision.evidence())
        .anySatisfy(e -> assertThat(e.text()).contains("3 of 5 and 0 of 5"));
  }

  @Test
  void fractionsAndTargetsSayBoostWithoutRecords() {
    DoseDecision decision =
        decide(
            List.of(
                plan("a", MARCH, 23, 46.0, "Prostate", 2, "rs"),
                plan("b", MARCH.plusDays(3), 12, 24.0, "Prostate2", 3, "rs")),
            List.of(dose("da", "a"), dose("db", "b")));

    assertThat(decision.rule()).isEqualTo(Rule.PLANS_SUMMED);
    assertThat(decision.confidence()).isEqualTo(Confidence.MODERATE);
    assertThat(decision.rule().pythonClass()).isEqualTo("primary_boost_summed");
  }

  @Test
  void dosesAreNeverAddedWithoutPlannedFractions() {
    DoseDecision decision =
        decide(
            List.of(
                plan("a", MARCH, null, 46.0, "Prostate", 2, "rs"),
                plan("b", MARCH, null, 24.0, "boost", 3, "rs")),
            List.of(dose("da", "a"), dose("db", "b")));

    assertThat(decision.rule()).isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    assertThat(decision.reason()).contains("not all say for how many fractions");
  }

  @Test
  void aReplanWithoutDatesIsNotSortedByChance() {
    DoseDecision decision =
        decide(
            List.of(plan("a", null, 5, 50.0, "x", 2, "rs"), plan("b", null, 5, 50.0, "y", 2, "rs")),
            List.of(dose("da", "a"), dose("db", "b")));

    assertThat(decision.rule()).isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    assertThat(decision.reason()).contains("no date says which was first");
  }

  @Test
  void wordsAloneNeverDecide() {
    assertThat(words("Prostate", "Boost").rule()).isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    assertThat(words("Prostate", "Replan").rule()).isEqualTo(Rule.AMBIGUOUS_NO_SUM);
  }

  @Test
  void wordsEndWhereWordsEnd() {
    for (String harmless : List.of("prev", "reverse", "cd1", "copy", "reduced", "SIB", "v2")) {
      assertThat(words("Prostate", harmless).evidence())
          .as(harmless)
          .noneMatch(e -> e.kind().equals("words"));
    }
    for (String telling : List.of("boost", "Ph2", "cone-down", "re-plan", "rev 2", "adaptive")) {
      assertThat(words("Prostate", telling).evidence())
          .as(telling)
          .anyMatch(e -> e.kind().equals("words"));
    }
    assertThat(words("boost", "replan").evidence()).noneMatch(e -> e.kind().equals("words"));
  }

  @Test
  void whatAPlanSaysOfAnotherDecides() {
    assertThat(related("CONCURRENT").rule()).isEqualTo(Rule.PLANS_SUMMED);
    assertThat(related("PRIOR").rule()).isEqualTo(Rule.PLANS_SUMMED);
    assertThat(related("PREDECESSOR").rule()).isEqualTo(Rule.REPLAN_FIRST_PLAN);
    assertThat(related("ALTERNATIVE").rule()).isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    assertThat(related("VERIFIED_PLAN").rule()).isEqualTo(Rule.AMBIGUOUS_NO_SUM);
  }

  @Test
  void dosesOfSeveralFramesAreNotAdded() {
    DoseDecision decision =
        decide(
            List.of(
                plan("a", MARCH, 5, 50.0, "x", 2, "rs"),
                plan("b", MARCH, 2, 20.0, "boost", 3, "rs")),
            List.of(dose("da", "a"), dose("db", "frame-2", List.of(), "b")));

    assertThat(decision.rule()).isEqualTo(Rule.SEPARATE_FRAMES);
    assertThat(decision.chosenUids()).isEmpty();
    assertThat(decision.rule().pythonClass()).isEqualTo("separate_courses_no_sum");
  }

  @Test
  void gridsThatHardlyOverlapAreNotAdded() {
    List<InstanceHeader> plans =
        List.of(
            plan("a", MARCH, 5, 50.0, "x", 2, "rs"), plan("b", MARCH, 2, 20.0, "boost", 3, "rs"));

    assertThat(
            decide(
                    plans,
                    List.of(
                        dose("da", "f", List.of(0.0, 0.0, 0.0, 100.0, 100.0, 100.0), "a"),
                        dose("db", "f", List.of(80.0, 0.0, 0.0, 180.0, 100.0, 100.0), "b")))
                .rule())
        .isEqualTo(Rule.SEPARATE_REGIONS);
    assertThat(
            decide(
                    plans,
                    List.of(
                        dose("da", "f", List.of(0.0, 0.0, 0.0, 100.0, 100.0, 100.0), "a"),
                        dose("db", "f", List.of(60.0, 0.0, 0.0, 160.0, 100.0, 100.0), "b")))
                .rule())
        .isEqualTo(Rule.PLANS_SUMMED);
    assertThat(
            decide(
                    plans,
                    List.of(
                        dose("da", "f", List.of(0.0, 0.0, 0.0, 100.0, 100.0, 0.0), "a"),
                        dose("db", "f", List.of(0.0, 0.0, 0.0, 100.0, 100.0, 0.0), "b")))
                .rule())
        .as("single planes")
        .isEqualTo(Rule.PLANS_SUMMED);
  }

  @Test
  void aPlanInBeamsAndAPlanInOneDoseAddUp() {
    List<InstanceHeader> plans =
        List.of(
            plan("a", MARCH, 5, 50.0, "x", 2, "rs"), plan("b", MARCH, 2, 20.0, "boost", 3, "rs"));
    InstanceHeader whole = dose("da", "a");

    assertThat(decide(plans, List.of(whole, beam("b1", 1, "b"), beam("b2", 2, "b"))).chosenUids())
        .containsExactly("b1", "b2", "da");
    assertThat(decide(plans, List.of(whole, beam("b1", 1, "b"))).rule())
        .isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    assertThat(
            decide(
                    plans,
                    List.of(
                        beam("a1", 1, "a"),
                        beam("a2", 2, "a"),
                        beam("b1", 1, "b"),
                        beam("b2", 2, "b")))
                .rule())
        .isEqualTo(Rule.PLANS_SUMMED);
  }

  @Test
  void theTableOfTheUserOutweighsTheObjects() {
    List<InstanceHeader> doses = List.of(dose("da", "a"), dose("db", "b"));
    List<DoseChoice> choices =
        DoseChoice.parse(List.of(DoseChoice.HEADER, "P1, da ,yes", "", "P1,db,no"));
    DoseDecision decision = chosen(doses, choices);

    assertThat(decision.rule()).isEqualTo(Rule.USER_CHOICE);
    assertThat(decision.chosenUids()).containsExactly("da");
    assertThat(decision.excludedUids()).containsExactly("db");
    assertThat(chosen(doses, List.of(new DoseChoice("P1", "other", DoseChoice.Use.YES))).rule())
        .isEqualTo(Rule.AMBIGUOUS_NO_SUM);
    assertThat(
            chosen(
                    List.of(dose("da", "a"), dose("db", "frame-2", List.of(), "b")),
                    DoseChoice.parse(List.of(DoseChoice.HEADER, "P1,da,yes", "P1,db,yes")))
                .rule())
        .isEqualTo(Rule.SEPARATE_FRAMES);
  }

  @Test
  void aTableOfChoicesThatIsNoneNamesTheLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DoseChoice.parse(List.of()))
        .withMessageContaining("line 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DoseChoice.parse(List.of(DoseChoice.HEADER, "P1,da")))
        .withMessageContaining("line 2 has 2 cells");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DoseChoice.parse(List.of(DoseChoice.HEADER, "P1,da,maybe")))
        .withMessageContaining("neither says yes nor no");
  }

  @Test
  void physicalDoseGoesBeforeEffectiveAndAbsoluteBeforeRelative() {
    List<InstanceHeader> plans = List.of(plan("a", MARCH, 5, 50.0, "x", 2, "rs"));

    assertThat(
            decide(plans, List.of(typed("e", "GY", "EFFECTIVE"), typed("p", "GY", "PHYSICAL")))
                .chosenUids())
        .containsExactly("p");
    assertThat(
            decide(plans, List.of(typed("r", "RELATIVE", "PHYSICAL"), typed("p", "GY", "PHYSICAL")))
                .chosenUids())
        .containsExactly("p");
  }

  @Test
  void aRelativeDoseIsScaledOnlyWhenTheSiteSaysSo() {
    List<InstanceHeader> plans = List.of(plan("a", MARCH, 5, 50.0, "x", 2, "rs"));
    List<InstanceHeader> doses = List.of(typed("r", "RELATIVE", "PHYSICAL"));

    assertThat(decide(plans, doses).relativeReferenceGy()).isNull();
    assertThat(scaled(plans, doses).relativeReferenceGy()).isEqualTo(50);
    assertThat(scaled(List.of(), doses).relativeReferenceGy()).isNull();
    assertThat(scaled(plans, List.of(dose("d", "a"))).relativeReferenceGy()).isNull();
  }

  @Test
  void dosesOfRejectedPlansAndOfPhantomMeasurementsDoNotCount() {
    InstanceHeader rejected =
        header(
            "a", "RTPLAN", "s", null, facts("REJECTED", "CURATIVE"), to(Role.STRUCTURE_SET, "r"));
    InstanceHeader verification =
        header("b", "RTPLAN", "s", null, facts("APPROVED", "VERIFICATION"));
    InstanceHeader clinical = plan("c", MARCH, 5, 50.0, "x", 2, "rs");

    assertThat(
            decide(
                    List.of(rejected, verification, clinical),
                    List.of(dose("da", "a"), dose("db", "b"), dose("dc", "c")))
                .chosenUids())
        .containsExactly("dc");
  }

  private static ObjectFacts facts(String approval, String intent) {
    return new ObjectFacts.PlanFacts("", MARCH, intent, approval, 5, 50.0, List.of(1));
  }

  private static DoseDecision words(String first, String second) {
    return decide(
        List.of(
            plan("a", MARCH, 5, 50.0, first, 2, "rs"),
            plan("b", MARCH.plusDays(1), 6, 45.0, second, 2, "rs")),
        List.of(dose("da", "a"), dose("db", "b")));
  }

  private static DoseDecision related(String relationship) {
    ObjectFacts.PlanFacts facts =
        new ObjectFacts.PlanFacts(
            "",
            MARCH.plusDays(1),
            null,
            null,
            5,
            30.0,
            List.of(1),
            null,
            "",
            List.of(),
            List.of(new PlanRelation(relationship, "a"), new PlanRelation("PRIOR", "unknown")));
    return decide(
        List.of(plan("a", MARCH, 5, 50.0, "", 2, "rs"), header("b", "RTPLAN", "s", null, facts)),
        List.of(dose("da", "a"), dose("db", "b")));
  }

  private static InstanceHeader plan(
      String uid,
      @Nullable LocalDate date,
      @Nullable Integer fractions,
      double gy,
      String words,
      int target,
      String structures) {
    return header(
        uid,
        "RTPLAN",
        "s",
        null,
        new ObjectFacts.PlanFacts(
            words,
            date,
            null,
            null,
            fractions,
            gy,
            List.of(1, 2),
            null,
            words,
            List.of(
                new Prescription("TARGET", null, target, gy),
                new Prescription("ORGAN_AT_RISK", null, 9, null)),
            List.of()),
        to(Role.STRUCTURE_SET, structures));
  }

  private static InstanceHeader dose(String uid, String plan) {
    return dose(uid, "f", List.of(), plan);
  }

  private static InstanceHeader dose(String uid, String frame, List<Double> box, String plan) {
    return header(
        uid,
        "RTDOSE",
        "s",
        frame,
        new ObjectFacts.Dose("GY", "PHYSICAL", "PLAN", List.of(), 1000, box),
        to(Role.PLAN, plan));
  }

  private static InstanceHeader beam(String uid, int beam, String plan) {
    return header(
        uid,
        "RTDOSE",
        "s",
        "f",
        new ObjectFacts.Dose("GY", "PHYSICAL", "BEAM", List.of(beam), 1000),
        to(Role.PLAN, plan));
  }

  private static InstanceHeader typed(String uid, String units, String type) {
    return header(
        uid,
        "RTDOSE",
        "s",
        "f",
        new ObjectFacts.Dose(units, type, "PLAN", List.of(), 1000),
        to(Role.PLAN, "a"));
  }

  private static List<InstanceHeader> records(String plan, LocalDate first, int fractions) {
    List<InstanceHeader> records = new ArrayList<>();
    for (int n = 1; n <= fractions; n++) {
      records.add(
          header(
              plan + "/" + n,
              "RTRECORD",
              "s",
              null,
              new ObjectFacts.Delivery(first.plusDays(n - 1), n, List.of("TREATMENT"), List.of()),
              to(Role.PLAN, plan)));
      records.add(
          header(
              plan + "/image/" + n,
              "RTRECORD",
              "s",
              null,
              new ObjectFacts.Delivery(first.plusDays(50), n + 50, List.of("SETUP"), List.of()),
              to(Role.PLAN, plan)));
    }
    return records;
  }

  private static List<InstanceHeader> both(List<InstanceHeader> some, List<InstanceHeader> others) {
    List<InstanceHeader> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private static DoseDecision decide(List<InstanceHeader> plans, List<InstanceHeader> doses) {
    return decide(plans, doses, List.of());
  }

  private static DoseDecision decide(
      List<InstanceHeader> plans, List<InstanceHeader> doses, List<InstanceHeader> records) {
    return DoseResolver.decide(
        new DoseQuestion(doses, plans, records, List.of(), OrganizeOptions.RelativeDoses.REFUSE));
  }

  private static DoseDecision chosen(List<InstanceHeader> doses, List<DoseChoice> choices) {
    return DoseResolver.decide(
        new DoseQuestion(
            doses, List.of(), List.of(), choices, OrganizeOptions.RelativeDoses.REFUSE));
  }

  private static DoseDecision scaled(List<InstanceHeader> plans, List<InstanceHeader> doses) {
    return DoseResolver.decide(
        new DoseQuestion(
            doses,
            plans,
            List.of(),
            List.of(),
            OrganizeOptions.RelativeDoses.SCALE_BY_PRESCRIPTION));
  }
}
