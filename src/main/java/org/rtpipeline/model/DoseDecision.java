package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which doses of a course count, and why. Made once, used by every stage.
 *
 * @param rule name of the rule that decided
 * @param chosenUids SOP instance UIDs of the doses to use; several are summed; empty when no dose
 *     can be chosen safely
 * @param excludedUids SOP instance UIDs of the doses left out
 * @param reason one sentence with the evidence
 * @param evidence what spoke for or against, in the order it was looked at
 * @param confidence how much stands behind the rule
 * @param relativeReferenceGy what 100 % of a dose in RELATIVE units is, Gy; null when such doses
 *     are refused
 */
public record DoseDecision(
    Rule rule,
    List<String> chosenUids,
    List<String> excludedUids,
    String reason,
    List<Evidence> evidence,
    Confidence confidence,
    @Nullable Double relativeReferenceGy)
    implements Serializable {

  /** How a dose decision was reached. */
  public enum Rule {
    /** The course has no dose. */
    NO_DOSES("no_doses"),
    /** The only dose there is. */
    SINGLE_DOSE("single_dose"),
    /** The planning system's own sum over plans. */
    PLAN_SUM_USED("PLAN_SUM_used"),
    /** The doses of all treatment beams of one plan, to be summed. */
    BEAM_DOSES_SUMMED("beam_doses_summed_to_plan"),
    /** Beam doses do not cover the plan's beams exactly once. */
    BEAM_DOSES_INCOMPLETE("beam_only_unresolved"),
    /** Plans that follow or accompany each other, as a first course and its boost: summed. */
    PLANS_SUMMED("primary_boost_summed"),
    /** A later plan takes the place of the first: the dose of the first is used, as intended. */
    REPLAN_FIRST_PLAN("replan_itt_first"),
    /** A later plan took the place of the first before it was treated: the later dose is used. */
    REPLAN_TREATED_PLAN("replan_itt_first"),
    /** The doses lie in several frames of reference. */
    SEPARATE_FRAMES("separate_courses_no_sum"),
    /** The grids of the doses hardly overlap. */
    SEPARATE_REGIONS("separate_regions_no_sum"),
    /** The user's table of dose choices says so. */
    USER_CHOICE("user_choice"),
    /** Several doses, and nothing says safely which. */
    AMBIGUOUS_NO_SUM("ambiguous_no_sum");

    private final String pythonClass;

    Rule(String pythonClass) {
      this.pythonClass = pythonClass;
    }

    /** The class that users of the Python rtpipeline know; the nearest where it has none. */
    public String pythonClass() {
      return pythonClass;
    }
  }

  /** How much stands behind a decision. */
  public enum Confidence {
    /** Nothing was chosen. */
    NONE,
    /** Several signs that agree, none of which would do alone. */
    MODERATE,
    /** What the objects say in as many words, or the user. */
    HIGH
  }

  /** What a piece of evidence speaks for. */
  public enum Meaning {
    /** The doses of two plans add up. */
    SUM,
    /** The later plan takes the place of the earlier. */
    REPLAN,
    /** The doses cannot be added or compared. */
    SEPARATE,
    /** Neither. */
    NEUTRAL
  }

  /**
   * One piece of evidence.
   *
   * @param kind where it is from, such as {@code delivered fractions}
   * @param meaning what it speaks for
   * @param weight 3 when it decides alone, 1 when it needs company, 0 for neutral
   * @param text what was seen
   */
  public record Evidence(String kind, Meaning meaning, int weight, String text)
      implements Serializable {}

  /** Copies the lists. */
  public DoseDecision {
    chosenUids = List.copyOf(chosenUids);
    excludedUids = List.copyOf(excludedUids);
    evidence = List.copyOf(evidence);
  }

  /** True when several plans behind the chosen doses add up, so that their prescriptions do too. */
  public boolean isSumOverPlans() {
    return rule == Rule.PLAN_SUM_USED || rule == Rule.PLANS_SUMMED || rule == Rule.USER_CHOICE;
  }

  /** A decision that the objects themselves leave no doubt about, or that chooses nothing. */
  public DoseDecision(
      Rule rule, List<String> chosenUids, List<String> excludedUids, String reason) {
    this(
        rule,
        chosenUids,
        excludedUids,
        reason,
        List.of(),
        chosenUids.isEmpty() ? Confidence.NONE : Confidence.HIGH,
        null);
  }
}
