package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtpipeline.dvh.DvhOptions;
import org.rtpipeline.dvh.DvhRow;
import org.rtpipeline.dvh.DvhSource;
import org.rtpipeline.dvh.RoiName;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.organize.FindingRow;
import org.rtpipeline.organize.OutcomeRow;

final class StageResultTest {

  private static final CourseId ID = new CourseId("c");
  private static final Finding WARNING = finding(Finding.Level.WARN, Finding.Code.EMPTY_ROI);
  private static final Finding LEFT_OUT = finding(Finding.Level.SKIP_STAGE, Finding.Code.NO_DOSE);
  private static final Finding BROKEN = finding(Finding.Level.FAILED, Finding.Code.INTERNAL_ERROR);

  private static final DvhRow ROW = row();

  @Test
  void warningsLeaveAStageDone() {
    StageResult<StageRows> result = done(WARNING);

    assertThat(result.kind()).isEqualTo(Outcome.Kind.DONE);
    assertThat(result.reason()).isEmpty();
    assertThat(CourseEnd.of(result)).isEqualTo(new CourseEnd(ID, Outcome.Kind.DONE, "", ""));
  }

  @Test
  void rowsUnderAFindingThatLeavesTheStageOutAreSkippedAndKept() {
    StageResult<StageRows> result = done(WARNING, LEFT_OUT);

    assertThat(result.kind()).isEqualTo(Outcome.Kind.SKIPPED);
    assertThat(result.reason()).contains(LEFT_OUT);
    assertThat(RunRows.of(result)).contains(ROW).hasSize(1 + 1 + 2);
    assertThat(outcomeRow(result).head().outcome()).isEqualTo(Outcome.Kind.SKIPPED);
    assertThat(outcomeRow(result).resultRows()).isEqualTo(1);
    assertThat(outcomeRow(result).reason()).isEqualTo(LEFT_OUT.message());
  }

  @Test
  void somethingBrokenIsWorseThanSomethingLeftOut() {
    StageResult<StageRows> result = done(WARNING, LEFT_OUT, BROKEN);

    assertThat(result.kind()).isEqualTo(Outcome.Kind.FAILED);
    assertThat(result.findings()).containsExactly(BROKEN, LEFT_OUT, WARNING);
    assertThat(result.head().findings())
        .containsExactly(Finding.Code.INTERNAL_ERROR, Finding.Code.NO_DOSE, Finding.Code.EMPTY_ROI);
    assertThat(CourseEnd.of(result))
        .isEqualTo(new CourseEnd(ID, Outcome.Kind.FAILED, "INTERNAL_ERROR", BROKEN.message()));
    assertThat(RunRows.of(result)).contains(ROW);
  }

  @Test
  void aFindingThatIsSaidTwiceIsOneRow() {
    List<TableRecord> rows = RunRows.of(done(WARNING, WARNING));

    assertThat(rows).filteredOn(FindingRow.class::isInstance).hasSize(1);
  }

  @Test
  void outcomesWithoutRowsKeepTheirKind() {
    StageResult<StageRows> skipped = result(new Outcome.Skipped<>(ID, List.of(LEFT_OUT)));
    StageResult<StageRows> failed = result(new Outcome.Failed<>(ID, List.of(BROKEN)));

    assertThat(skipped.kind()).isEqualTo(Outcome.Kind.SKIPPED);
    assertThat(failed.kind()).isEqualTo(Outcome.Kind.FAILED);
    assertThat(outcomeRow(skipped).resultRows()).isZero();
    assertThat(outcomeRow(failed).resultRows()).isZero();
    assertThat(outcomeRow(failed).reason()).isEqualTo(BROKEN.message());
  }

  @Test
  void aCourseEndsFailedBeforeDoneBeforeSkipped() {
    CourseEnd skipped = CourseEnd.of(done(LEFT_OUT));
    CourseEnd done = CourseEnd.of(done());
    CourseEnd failed = CourseEnd.of(done(BROKEN));

    assertThat(skipped.and(done)).isEqualTo(done);
    assertThat(done.and(skipped)).isEqualTo(done);
    assertThat(done.and(failed)).isEqualTo(failed);
    assertThat(failed.and(done)).isEqualTo(failed);
    assertThat(skipped.and(failed)).isEqualTo(failed);
    assertThat(failed.and(skipped)).isEqualTo(failed);
  }

  @Test
  void theFirstOfTwoEqualEndsStands() {
    CourseEnd first = new CourseEnd(ID, Outcome.Kind.SKIPPED, "NO_DOSE", "first");
    CourseEnd second = new CourseEnd(ID, Outcome.Kind.SKIPPED, "NO_DOSE", "second");

    assertThat(first.and(second)).isSameAs(first);
  }

  private static OutcomeRow outcomeRow(StageResult<StageRows> result) {
    return RunRows.of(result).stream()
        .filter(OutcomeRow.class::isInstance)
        .map(OutcomeRow.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static StageResult<StageRows> done(Finding... findings) {
    return result(new Outcome.Done<>(ID, new StageRows(List.of(ROW)), List.of(findings)));
  }

  private static StageResult<StageRows> result(Outcome<StageRows> outcome) {
    Course course =
        new Course(
            ID,
            "P",
            "2024-03",
            null,
            new Course.Objects(List.of(), List.of(), List.of(), List.of(), List.of()),
            List.of(),
            new DoseDecision(DoseDecision.Rule.NO_DOSES, List.of(), List.of(), "no dose"),
            List.of());
    return new StageResult<>(course, StageName.DVH, OutcomeRow.Structures.CLINICAL, "key", outcome);
  }

  private static DvhRow row() {
    return DvhRow.notComputed(
        new RowHead(ID, "P", "2024-03", "key", Outcome.Kind.SKIPPED, List.of()),
        new RoiName(1, "Cord", null, null),
        new DvhSource(
            new DvhSource.Structures("s", "", "Manual", "SAME_COURSE", "", List.of()),
            new DvhSource.Dose("d", "SINGLE_DOSE", "", null, List.of(), List.of(), List.of()),
            DvhSource.PrescribedDose.unknown("none"),
            DvhOptions.DEFAULT),
        "no contour");
  }

  private static Finding finding(Finding.Level level, Finding.Code code) {
    return new Finding(level, code, "x", "message of " + code);
  }
}
