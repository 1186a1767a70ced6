package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.ScannedFile;

@ExtendWith(SharedSpark.class)
final class ReasonsTest {

  private final JavaSparkContext context;

  ReasonsTest(JavaSparkContext context) {
    this.context = context;
  }

  @Test
  void rejectedFilesCountOncePerCodeWithTheLeastName() {
    List<ScannedFile> files =
        List.of(
            file(ScannedFile.Use.REJECTED, finding(Finding.Code.UNREADABLE, "u")),
            file(ScannedFile.Use.REJECTED, finding(Finding.Code.BAD_VR, "c")),
            file(ScannedFile.Use.REJECTED, finding(Finding.Code.BAD_VR, "a")),
            file(ScannedFile.Use.REJECTED, finding(Finding.Code.BAD_VR, "b")),
            file(ScannedFile.Use.REJECTED),
            file(ScannedFile.Use.IGNORED, finding(Finding.Code.NOT_DICOM, "i")));

    assertThat(Reasons.ofFiles(context.parallelize(files, 2)))
        .containsExactly(
            new RunSummary.Reason(RunSummary.What.FILE, "BAD_VR", 3, "a", "about a"),
            new RunSummary.Reason(RunSummary.What.FILE, "UNREADABLE", 1, "u", "about u"));
  }

  @Test
  void coursesThatAreNotDoneCountByTheirFirstFinding() {
    assertThat(
            Reasons.ofCourses(
                List.of(
                    end("d", Outcome.Kind.DONE, ""),
                    end("z", Outcome.Kind.SKIPPED, "NO_DOSE"),
                    end("y", Outcome.Kind.SKIPPED, "NO_DOSE"),
                    end("f", Outcome.Kind.FAILED, "INTERNAL_ERROR"),
                    end("e", Outcome.Kind.SKIPPED, "EMPTY_ROI"))))
        .containsExactly(
            new RunSummary.Reason(RunSummary.What.COURSE, "NO_DOSE", 2, "y", "about y"),
            new RunSummary.Reason(RunSummary.What.COURSE, "EMPTY_ROI", 1, "e", "about e"),
            new RunSummary.Reason(RunSummary.What.COURSE, "INTERNAL_ERROR", 1, "f", "about f"));
  }

  @Test
  void nothingLeftOutHasNoReason() {
    assertThat(Reasons.ofCourses(List.of())).isEmpty();
    assertThat(Reasons.ofFiles(context.parallelize(List.<ScannedFile>of(), 1))).isEmpty();
  }

  private static Finding finding(Finding.Code code, String subject) {
    return new Finding(Finding.Level.REJECT_FILE, code, subject, "about " + subject);
  }

  private static ScannedFile file(ScannedFile.Use use, Finding... findings) {
    return new ScannedFile(new FileRef("file:/x", 1, 1), use, null, List.of(findings));
  }

  private static CourseEnd end(String key, Outcome.Kind kind, String code) {
    return new CourseEnd(new CourseId(key), kind, code, "about " + key);
  }
}
