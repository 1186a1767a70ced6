package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;

/**
 * Which doses of a course count, and why. Made once, used by every stage.
 *
 * @param rule name of the rule that decided
 * @param chosenUids SOP instance UIDs of the doses to use; several are summed; empty when no dose
 *     can be chosen safely
 * @param excludedUids SOP instance UIDs of the doses left out
 * @param reason one sentence with the evidence
 */
public record DoseDecision(
    Rule rule, List<String> chosenUids, List<String> excludedUids, String reason)
    implements Serializable {

  /** How a dose decision was reached. */
  public enum Rule {
    /** The course has no dose. */
    NO_DOSES,
    /** The only dose there is. */
    SINGLE_DOSE,
    /** The planning system's own sum over plans. */
    PLAN_SUM_USED,
    /** The doses of all treatment beams of one plan, to be summed. */
    BEAM_DOSES_SUMMED,
    /** Beam doses do not cover the plan's beams exactly once. */
    BEAM_DOSES_INCOMPLETE,
    /** Several doses, and nothing says safely which. */
    AMBIGUOUS_NO_SUM
  }

  /** Copies the lists. */
  public DoseDecision {
    chosenUids = List.copyOf(chosenUids);
    excludedUids = List.copyOf(excludedUids);
  }
}
