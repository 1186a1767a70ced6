package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.dvh.DvhRequest;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;
import org.rtpipeline.organize.OrganizeOptions;

/** Heavy courses are cut by regions, and nothing but the time tells. */
@ExtendWith(SharedSpark.class)
final class CourseLayoutTest {

  @TempDir static Path input;
  @TempDir static Path output;
  private static final CourseId HEAVY = new CourseId("heavy");
  private static final CourseId LIGHT = new CourseId("light");
  private static final List<CourseStage<StageRows>> STAGES =
      List.of(
          new MetadataStage(PersonalData.DROP),
          new DvhStage(DvhRequest.STANDARD),
          new RadiomicsStage(Runs.radiomics()));

  /** Does nothing under a name. */
  private record Idle(StageName name) implements CourseStage<StageRows> {
    @Override
    public String configuration() {
      return "{}";
    }

    @Override
    public Outcome<StageRows> apply(Course course, CourseData data) {
      return new Outcome.Skipped<>(course.id(), List.of());
    }
  }

  private final JavaSparkContext context;

  CourseLayoutTest(JavaSparkContext context) {
    this.context = context;
  }

  @BeforeAll
  static void writePhantoms() throws Exception {
    Phantoms.write(input, 1);
  }

  @Test
  void aCourseDearerThanAPartitionsPartIsCutIntoAsManySharesAsPartsItHas() {
    Map<CourseId, Long> costs = Map.of(HEAVY, 900L, LIGHT, 100L);

    assertThat(CourseLayout.of(costs, 4, STAGES, 1).shares()).isEqualTo(Map.of(HEAVY, 4));
    assertThat(CourseLayout.of(costs, 2, STAGES, 1).shares()).isEqualTo(Map.of(HEAVY, 2));
    assertThat(CourseLayout.of(costs, 1, STAGES, 1).shares()).isEmpty();
  }

  @Test
  void coursesThatCostLittleAndStagesThatAreNotPerRegionAreNotCut() {
    Map<CourseId, Long> costs = Map.of(HEAVY, 900L, LIGHT, 100L);

    assertThat(CourseLayout.of(costs, 4, STAGES).shares()).isEmpty();
    assertThat(CourseLayout.of(costs, 4, List.of(new MetadataStage(PersonalData.DROP)), 1).shares())
        .isEmpty();
    assertThat(CourseLayout.of(Map.of(HEAVY, 1L << 30, LIGHT, 1L), 4, STAGES).shares())
        .containsOnlyKeys(HEAVY);
  }

  @Test
  void noCourseIsCutWhereThePassDerivesStructures() {
    List<CourseStage<StageRows>> stages =
        List.of(new Idle(StageName.STRUCTURES), new DvhStage(DvhRequest.STANDARD));

    assertThat(CourseLayout.of(Map.of(HEAVY, 900L, LIGHT, 100L), 4, stages, 1).shares()).isEmpty();
  }

  @Test
  void resultsAreTheSameHoweverCoursesAreCut() throws Exception {
    List<String> whole = texts(STAGES, 1);

    assertThat(whole).hasSize(3).anyMatch(text -> text.contains("PTV"));
    assertThat(texts(STAGES, 2)).isEqualTo(whole);
    assertThat(texts(STAGES, 5)).isEqualTo(whole);
  }

  @Test
  void aRegionThatBreaksInItsShareIsReportedAsInAWholeCourse() throws Exception {
    List<CourseStage<StageRows>> stages =
        List.of(breakingAt(1), new MetadataStage(PersonalData.DROP));

    assertThat(texts(stages, 4))
        .isEqualTo(texts(stages, 1))
        .anyMatch(text -> text.contains(Finding.Code.INTERNAL_ERROR.name()))
        .noneMatch(text -> text.contains("could be computed"));
  }

  @Test
  void aCourseNoneOfWhoseRegionsCanBeComputedIsJudgedAsAWhole() throws Exception {
    List<CourseStage<StageRows>> stages = List.of(breakingAt(Integer.MAX_VALUE));

    assertThat(texts(stages, 4))
        .isEqualTo(texts(stages, 1))
        .allMatch(text -> text.contains("regions could be computed"));
  }

  @Test
  void everyRegionIsComputedOnceAndInAShare() throws Exception {
    LongAccumulator computed = context.sc().longAccumulator();
    List<CourseStage<StageRows>> stages =
        List.of(
            new DvhStage(
                DvhRequest.STANDARD,
                (calculator, roi, thicknessMm) -> {
                  computed.add(1);
                  return calculator.of(roi, thicknessMm);
                },
                null));
    texts(stages, 1);
    long ofWhole = computed.value();
    computed.reset();
    texts(stages, 4);

    assertThat(ofWhole).isGreaterThan(4);
    assertThat(computed.value()).isEqualTo(ofWhole);
  }

  /** Dose-volume histograms that break for the regions up to a number. */
  private static CourseStage<StageRows> breakingAt(int last) {
    return new DvhStage(
        DvhRequest.STANDARD,
        (calculator, roi, thicknessMm) -> {
          if (roi.number() <= last) {
            throw new IllegalStateException("broken");
          }
          return calculator.of(roi, thicknessMm);
        },
        null);
  }

  /** Key and rows of every result, the rows of the tables among them, cut where that is due. */
  private List<String> texts(List<CourseStage<StageRows>> stages, int partitions) throws Exception {
    HadoopStreams streams = HadoopStreams.of(context);
    JavaRDD<ScannedFile> files =
        ScanStage.scan(
            context,
            input.toUri().toString(),
            output.toUri().toString(),
            streams,
            Runs.engine(context, 2).parallelism());
    JavaRDD<Course> courses =
        Courses.organize(files, Runs.keys(), OrganizeOptions.standard(), 2)
            .flatMap(patient -> patient.courses().iterator());
    CourseLayout layout = CourseLayout.of(Courses.costs(courses), partitions, stages, 1);
    assertThat(layout.shares().values()).allMatch(shares -> shares == partitions);
    assertThat(layout.shares()).hasSize(partitions == 1 ? 0 : 1);
    return layout
        .results(layout.laidOut(courses), stages, streams, OnBug.RECORD)
        .map(CourseLayoutTest::text)
        .collect();
  }

  private static String text(StageResult<StageRows> result) {
    List<String> rows = RunRows.of(result).stream().map(row -> cells(row.schema(), row)).toList();
    return result.stage() + " " + result.stageKey() + " " + String.join("\n", rows);
  }

  @SuppressWarnings("unchecked") // a record's own schema: its row type is the record's type
  private static <R> String cells(TableSchema<R> schema, TableRecord row) {
    return schema.name()
        + schema.columns().stream()
            .map(column -> String.valueOf(column.value().apply((R) row)))
            .toList();
  }
}
