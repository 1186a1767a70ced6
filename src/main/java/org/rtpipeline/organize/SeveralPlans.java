package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.DoseDecision.Confidence;
import org.rtpipeline.model.DoseDecision.Evidence;
import org.rtpipeline.model.DoseDecision.Meaning;
import org.rtpipeline.model.DoseDecision.Rule;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;

/**
 * Decides about the doses of several plans of one course: add them, take one of them, or none.
 *
 * <p>Doses are added only when every plan says how many fractions it is for, and a replan is one
 * only when it is known which plan came first.
 */
final class SeveralPlans {

  /** Least part of the smaller grid that another must cover. */
  private static final double LEAST_OVERLAP = 0.3;

  private static final int DECIDES = 3;
  private static final int COMPANY = 2;

  private final List<String> all;
  private final List<PlanDose> plans;
  private final List<Evidence> evidence = new ArrayList<>();

  private SeveralPlans(List<String> all, List<PlanDose> plans) {
    this.all = all;
    this.plans = plans.stream().sorted(PlanDose.BY_BEGIN).toList();
  }

  /**
   * The decision.
   *
   * @param all UIDs of every dose of the course
   * @param plans at least two, each with its dose
   * @param doubt what to say when nothing decides
   */
  static DoseDecision decide(List<String> all, List<PlanDose> plans, String doubt) {
    return new SeveralPlans(all, plans).decide(doubt);
  }

  private DoseDecision decide(String doubt) {
    List<InstanceHeader> doses = plans.stream().flatMap(p -> p.doses().stream()).toList();
    Set<String> frames = new TreeSet<>();
    doses.forEach(d -> Stream.ofNullable(d.frameOfReferenceUid()).forEach(frames::add));
    if (frames.size() > 1) {
      return closed(
          Rule.SEPARATE_FRAMES,
          "the doses of "
              + plans.size()
              + " plans lie in "
              + frames.size()
              + " frames of reference");
    }
    for (int i = 0; i < doses.size(); i++) {
      for (int j = 0; j < i; j++) {
        double overlap = overlap(doses.get(i), doses.get(j));
        if (overlap < LEAST_OVERLAP) {
          return closed(
              Rule.SEPARATE_REGIONS,
              String.format(
                  Locale.ROOT,
                  "the grids of two doses share %.0f %% of the smaller, expected %.0f %% or more",
                  100 * overlap,
                  100 * LEAST_OVERLAP));
        }
      }
    }
    return byEvidence(doubt);
  }

  private DoseDecision byEvidence(String doubt) {
    Set<Meaning> verdicts = new HashSet<>();
    boolean alone = true;
    for (int i = 1; i < plans.size(); i++) {
      List<Evidence> pair = PlanPair.evidence(plans.get(i - 1), plans.get(i));
      evidence.addAll(pair);
      verdicts.add(verdict(pair));
      alone &= pair.stream().anyMatch(e -> e.weight() == DECIDES);
    }
    Confidence confidence = alone ? Confidence.HIGH : Confidence.MODERATE;
    if (verdicts.equals(Set.of(Meaning.SUM))) {
      return plans.stream().allMatch(p -> p.planned().isPresent())
          ? sum(confidence)
          : closed(
              Rule.AMBIGUOUS_NO_SUM,
              "the plans seem to add up, but not all say for how many fractions they are");
    }
    if (verdicts.equals(Set.of(Meaning.REPLAN))) {
      return replan(confidence);
    }
    return closed(Rule.AMBIGUOUS_NO_SUM, doubt);
  }

  private static Meaning verdict(List<Evidence> pair) {
    int sum = weight(pair, Meaning.SUM);
    int replan = weight(pair, Meaning.REPLAN);
    if (weight(pair, Meaning.SEPARATE) > 0) {
      return Meaning.SEPARATE;
    }
    if (outweighs(sum, replan)) {
      return Meaning.SUM;
    }
    return outweighs(replan, sum) ? Meaning.REPLAN : Meaning.NEUTRAL;
  }

  private static boolean outweighs(int one, int other) {
    return (one >= COMPANY && other == 0) || (one >= DECIDES && other < DECIDES);
  }

  private static int weight(List<Evidence> pair, Meaning meaning) {
    return pair.stream().filter(e -> e.meaning() == meaning).mapToInt(Evidence::weight).sum();
  }

  private DoseDecision sum(Confidence confidence) {
    return chosen(
        Rule.PLANS_SUMMED,
        plans,
        "the doses of " + plans.size() + " plans add up: " + reasons(Meaning.SUM),
        confidence);
  }

  private DoseDecision replan(Confidence confidence) {
    PlanDose first = plans.get(0);
    List<PlanDose> treated = plans.stream().filter(p -> p.delivered() > 0).toList();
    if (treated.size() == 1 && !treated.get(0).equals(first)) {
      return chosen(
          Rule.REPLAN_TREATED_PLAN,
          treated,
          "of " + plans.size() + " plans one was treated: " + reasons(Meaning.REPLAN),
          confidence);
    }
    boolean inOrder =
        first.begin().isPresent()
            && plans.stream().skip(1).allMatch(p -> p.begin().isPresent())
            && plans.stream().skip(1).noneMatch(p -> p.begin().equals(first.begin()));
    return inOrder
        ? chosen(
            Rule.REPLAN_FIRST_PLAN,
            List.of(first),
            "later plans replace the first, whose dose is the one intended: "
                + reasons(Meaning.REPLAN),
            confidence)
        : closed(
            Rule.AMBIGUOUS_NO_SUM, "one plan replaces another, but no date says which was first");
  }

  private String reasons(Meaning meaning) {
    return String.join(
        "; ",
        evidence.stream()
            .filter(e -> e.meaning() == meaning)
            .map(e -> e.kind() + ": " + e.text())
            .distinct()
            .toList());
  }

  private DoseDecision chosen(
      Rule rule, List<PlanDose> chosen, String reason, Confidence confidence) {
    List<String> uids =
        chosen.stream()
            .flatMap(p -> p.doses().stream())
            .map(InstanceHeader::sopInstanceUid)
            .sorted()
            .toList();
    List<String> excluded = new ArrayList<>(all);
    excluded.removeAll(new HashSet<>(uids));
    return new DoseDecision(rule, uids, excluded, reason, evidence, confidence, null);
  }

  private DoseDecision closed(Rule rule, String reason) {
    return new DoseDecision(rule, List.of(), all, reason, evidence, Confidence.NONE, null);
  }

  /** Share of the smaller of two grids that both cover, 0 to 1; 1 when a place is not known. */
  private static double overlap(InstanceHeader one, InstanceHeader other) {
    List<Double> a = ((ObjectFacts.Dose) one.facts()).boxMm();
    List<Double> b = ((ObjectFacts.Dose) other.facts()).boxMm();
    if (a.isEmpty() || b.isEmpty()) {
      return 1;
    }
    double shared = 1;
    double ofOne = 1;
    double ofOther = 1;
    for (int axis = 0; axis < 3; axis++) {
      double low = Math.max(a.get(axis), b.get(axis));
      double high = Math.min(a.get(axis + 3), b.get(axis + 3));
      double lengthOne = Math.max(a.get(axis + 3) - a.get(axis), 1);
      double lengthOther = Math.max(b.get(axis + 3) - b.get(axis), 1);
      boolean flat = lengthOne == 1 && lengthOther == 1;
      shared *= flat && high >= low ? 1 : Math.max(0, high - low);
      ofOne *= lengthOne;
      ofOther *= lengthOther;
    }
    return Math.min(1, shared / Math.min(ofOne, ofOther));
  }
}
