package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.config.RequestedStage;
import org.rtpipeline.config.Selection;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.organize.OutcomeRow;
import org.rtpipeline.store.PatientIds;
import org.rtpipeline.store.TableStore;

@ExtendWith(SharedSpark.class)
final class CourseFilterTest {

  @TempDir Path output;

  private final JavaSparkContext context;

  CourseFilterTest(JavaSparkContext context) {
    this.context = context;
  }

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "key1, true",
    "key?, true",
    "key, false",
    "2024-03, true",
    "2024*, true",
    "P.1, true",
    "P?1, true",
    "P1, false",
    "PX1, false",
    "[a-z]*, false",
    "KEY1, false"
  })
  void aGlobStandsForKeyLabelOrPatient(String glob, boolean included) {
    assertThat(new CourseFilter(glob, Set.of()).includes(course("key1"))).isEqualTo(included);
  }

  @Test
  void aFinishedCourseIsLeftOutWhateverTheGlob() {
    CourseFilter filter = new CourseFilter("*", Set.of("key1"));

    assertThat(filter.includes(course("key1"))).isFalse();
    assertThat(filter.includes(course("key2"))).isTrue();
  }

  @Test
  void anOutputWithoutOutcomesHasFinishedNothing() {
    assertThat(CourseFilter.of(selection(Selection.Which.ONLY_FAILED), store()).finishedKeys())
        .isEmpty();
  }

  @Test
  void aCourseIsFinishedWhenAllItsStagesAre() {
    List<TableRecord> rows =
        List.of(
            row("done", "dvh", Outcome.Kind.DONE),
            row("done", "other", Outcome.Kind.DONE),
            row("half", "dvh", Outcome.Kind.DONE),
            row("half", "other", Outcome.Kind.FAILED),
            row("skipped", "dvh", Outcome.Kind.SKIPPED));
    store()
        .replace(
            OutcomeRow.SCHEMA,
            context.parallelize(rows, 1),
            Stream.of("done", "half", "skipped").map(CourseId::new).toList());

    assertThat(CourseFilter.of(selection(Selection.Which.ONLY_FAILED), store()).finishedKeys())
        .containsExactly("done");
    assertThat(CourseFilter.of(selection(Selection.Which.ALL), store()).finishedKeys()).isEmpty();
  }

  private TableStore store() {
    return new TableStore(context, output.toUri().toString(), 1, PatientIds.kept());
  }

  private static Selection selection(Selection.Which which) {
    return new Selection(List.of(RequestedStage.DVH), "*", which);
  }

  private static OutcomeRow row(String key, String stage, Outcome.Kind kind) {
    return new OutcomeRow(
        new RowHead(new CourseId(key), "P", "2024-03", "stage", kind, List.of()),
        stage,
        OutcomeRow.Structures.CLINICAL,
        1,
        "");
  }

  private static Course course(String key) {
    return new Course(
        new CourseId(key),
        "P.1",
        "2024-03",
        null,
        new Course.Objects(List.of(), List.of(), List.of(), List.of(), List.of()),
        List.of(),
        new DoseDecision(DoseDecision.Rule.NO_DOSES, List.of(), List.of(), "none"),
        List.of());
  }
}
