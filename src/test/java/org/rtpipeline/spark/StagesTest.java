package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.dicom.StreamOpener;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;

@ExtendWith(SharedSpark.class)
final class StagesTest {

  private static final StreamOpener NO_FILES =
      path -> {
        throw new java.io.FileNotFoundException(path);
      };

  /** Breaks on the label "bug", refuses the labels "skip" and "gone", and is done with others. */
  private record Touchy() implements CourseStage<String> {
    @Override
    public StageName name() {
      return StageName.DVH;
    }

    @Override
    public String configuration() {
      return "{}";
    }

    @Override
    public Outcome<String> apply(Course course, CourseData data) throws CourseDataException {
      return switch (course.label()) {
        case "bug" -> throw new IllegalStateException("patient data in a message");
        case "skip" -> throw new CourseDataException(finding(Finding.Level.SKIP_STAGE));
        case "gone" -> throw new CourseDataException(finding(Finding.Level.FAILED));
        default -> new Outcome.Done<>(course.id(), course.id().key(), List.of());
      };
    }
  }

  @Test
  void resultsAreTheSameForAnyPartitionsAndAnyOrder(JavaSparkContext context) {
    List<Course> courses = new ArrayList<>();
    IntStream.range(0, 40).forEach(i -> courses.add(course("c" + i, i % 9 == 0 ? "bug" : "ok")));
    List<List<String>> all = new ArrayList<>();
    for (int partitions : new int[] {1, 2, 7}) {
      Collections.shuffle(courses, new Random(partitions));
      all.add(
          Stages.run(
                  Courses.partitioned(
                      context.parallelize(courses, 3),
                      CoursePartitioner.balanced(
                          Courses.costs(context.parallelize(courses, 3)), partitions)),
                  List.of(new Touchy()),
                  NO_FILES,
                  OnBug.RECORD)
              .map(result -> result.stageKey() + " " + result.outcome())
              .collect()
              .stream()
              .sorted()
              .toList());
    }
    assertThat(all.get(0)).hasSize(40).isEqualTo(all.get(1)).isEqualTo(all.get(2));
  }

  @Test
  void aCourseThatBreaksNeverFailsItsNeighbours() {
    List<Course> courses =
        List.of(
            course("a", "ok"),
            course("b", "bug"),
            course("c", "skip"),
            course("d", "gone"),
            course("e", "ok"));

    List<StageResult<String>> results = new ArrayList<>();
    iterator(courses.iterator(), OnBug.RECORD).forEachRemaining(results::add);

    assertThat(results)
        .extracting(result -> result.outcome().kind())
        .containsExactly(
            Outcome.Kind.DONE,
            Outcome.Kind.FAILED,
            Outcome.Kind.SKIPPED,
            Outcome.Kind.FAILED,
            Outcome.Kind.DONE);
    Finding bug = results.get(1).outcome().findings().get(0);
    assertThat(bug.code()).isEqualTo(Finding.Code.INTERNAL_ERROR);
    assertThat(bug.message()).contains("IllegalStateException").doesNotContain("patient data");
  }

  @Test
  void aBugStopsTheRunWhereThatIsAskedFor() {
    Iterator<StageResult<String>> results =
        iterator(List.of(course("b", "bug")).iterator(), OnBug.STOP);

    assertThatThrownBy(results::next).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aCourseThatWasFormedUnusableIsSkippedBeforeAnyStage() {
    Finding blocking = finding(Finding.Level.SKIP_COURSE);
    Course course = course("a", "bug", blocking);

    StageResult<String> result = iterator(List.of(course).iterator(), OnBug.STOP).next();

    assertThat(result.outcome()).isEqualTo(new Outcome.Skipped<>(course.id(), List.of(blocking)));
  }

  @Test
  void nothingIsComputedBeforeItIsAskedFor() {
    List<String> taken = new ArrayList<>();
    Iterator<Course> courses =
        List.of(course("a", "ok"), course("b", "ok")).stream()
            .peek(course -> taken.add(course.id().key()))
            .iterator();

    OutcomeIterator<String> results = iterator(courses, OnBug.STOP);

    assertThat(taken).isEmpty();
    assertThat(results.next().course().id().key()).isEqualTo("a");
    assertThat(taken).containsExactly("a");
    results.next();
    assertThat(results.hasNext()).isFalse();
    assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void theKeyChangesWithEveryIngredientAndNotWithTheOrder() {
    StageKey.Input one = new StageKey.Input("class", "1", "aa");
    StageKey.Input two = new StageKey.Input("class", "2", "bb");
    String key = StageKey.of(StageName.DVH, "{}", List.of(one, two));

    assertThat(key).hasSize(64).isEqualTo(StageKey.of(StageName.DVH, "{}", List.of(two, one, two)));
    assertThat(
            List.of(
                StageKey.of(StageName.SCAN, "{}", List.of(one, two)),
                StageKey.of(StageName.DVH, "{\"a\":1}", List.of(one, two)),
                StageKey.of(StageName.DVH, "{}", List.of(one)),
                StageKey.of(
                    StageName.DVH, "{}", List.of(one, new StageKey.Input("class", "2", "cc"))),
                StageKey.of(
                    StageName.DVH, "{}", List.of(one, new StageKey.Input("class", "3", "bb"))),
                StageKey.of(
                    StageName.DVH, "{}", List.of(one, new StageKey.Input("other", "2", "bb")))))
        .doesNotHaveDuplicates()
        .doesNotContain(key);
  }

  private static OutcomeIterator<String> iterator(Iterator<Course> courses, OnBug onBug) {
    return new OutcomeIterator<>(courses, List.of(new Touchy()), NO_FILES, onBug);
  }

  private static Finding finding(Finding.Level level) {
    return new Finding(level, Finding.Code.UNREADABLE, "x", "cannot be used");
  }

  private static Course course(String key, String label, Finding... findings) {
    return new Course(
        new CourseId(key),
        "P",
        label,
        null,
        new Course.Objects(List.of(), List.of(), List.of(), List.of(), List.of()),
        List.of(),
        new DoseDecision(DoseDecision.Rule.NO_DOSES, List.of(), List.of(), "no dose"),
        List.of(findings));
  }
}
