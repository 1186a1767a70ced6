package org.rtpipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutcomeTest {

  private static final CourseId COURSE = new CourseId("abc");
  private static final Finding NO_DOSE =
      new Finding(Finding.Level.SKIP_STAGE, Finding.Code.NO_DOSE, "abc", "no dose");

  @Test
  void everyOutcomeHasItsOwnWord() {
    assertThat(done().kind()).isEqualTo(Outcome.Kind.DONE);
    assertThat(new Outcome.Skipped<String>(COURSE, List.of(NO_DOSE)).kind())
        .isEqualTo(Outcome.Kind.SKIPPED);
    assertThat(new Outcome.Failed<String>(COURSE, List.of(NO_DOSE)).kind())
        .isEqualTo(Outcome.Kind.FAILED);
  }

  @Test
  void onlyAFinishedStageHandsAValueOn() {
    assertThat(value(done())).isEqualTo("42 Gy");
    assertThat(value(new Outcome.Skipped<>(COURSE, List.of(NO_DOSE)))).isEqualTo("NO_DOSE");
    assertThat(value(new Outcome.Failed<>(COURSE, List.of(NO_DOSE)))).isEqualTo("failed");
  }

  @Test
  void findingsOfAnOutcomeDoNotChangeAfterwards() {
    List<Finding> findings = new ArrayList<>(List.of(NO_DOSE));
    Outcome<String> outcome = new Outcome.Skipped<>(COURSE, findings);

    findings.clear();

    assertThat(outcome.findings()).containsExactly(NO_DOSE);
  }

  @Test
  void aDataExceptionSaysCodeSubjectAndMessage() {
    CourseDataException e = new CourseDataException(NO_DOSE);

    assertThat(e).hasMessage("NO_DOSE abc: no dose");
    assertThat(e.finding()).isEqualTo(NO_DOSE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void aBlankCourseKeyIsRefused(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CourseId(key))
        .withMessage("a course key is never blank");
  }

  @Test
  void coursesAreOrderedAndPrintedByTheirKeyAlone() {
    assertThat(COURSE).isLessThan(new CourseId("abd")).hasToString("abc");
  }

  private static Outcome<String> done() {
    return new Outcome.Done<>(COURSE, "42 Gy", List.of());
  }

  private static String value(Outcome<String> outcome) {
    return outcome.fold(
        Outcome.Done::value,
        skipped -> skipped.findings().get(0).code().name(),
        failed -> "failed");
  }
}
