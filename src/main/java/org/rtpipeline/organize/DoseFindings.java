package org.rtpipeline.organize;

import java.util.List;
import java.util.Locale;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.Finding;

/** What a reader must know of a dose decision. */
final class DoseFindings {

  private DoseFindings() {}

  static List<Finding> of(CourseId id, DoseDecision decision) {
    return switch (decision.rule()) {
      case AMBIGUOUS_NO_SUM, BEAM_DOSES_INCOMPLETE, SEPARATE_FRAMES, SEPARATE_REGIONS ->
          List.of(finding(Finding.Level.SKIP_STAGE, Finding.Code.AMBIGUOUS_DOSE, id, decision));
      case REPLAN_FIRST_PLAN, REPLAN_TREATED_PLAN ->
          List.of(finding(Finding.Level.WARN, Finding.Code.REPLANNED, id, decision));
      case USER_CHOICE ->
          decision.chosenUids().isEmpty()
              ? List.of(
                  finding(Finding.Level.SKIP_STAGE, Finding.Code.AMBIGUOUS_DOSE, id, decision))
              : List.of();
      case NO_DOSES, SINGLE_DOSE, PLAN_SUM_USED, BEAM_DOSES_SUMMED, PLANS_SUMMED -> List.of();
    };
  }

  private static Finding finding(
      Finding.Level level, Finding.Code code, CourseId id, DoseDecision decision) {
    return new Finding(
        level,
        code,
        id.key(),
        String.format(Locale.ROOT, "%s: %s", decision.rule(), decision.reason()));
  }
}
