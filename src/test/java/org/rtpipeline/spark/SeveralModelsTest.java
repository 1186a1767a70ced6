package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.dvh.DvhRequest;
import org.rtpipeline.dvh.DvhRow;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.LabelLayers;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.SeriesClass;
import org.rtpipeline.model.StructureCode;
import org.rtpipeline.organize.OrganizeOptions;
import org.rtpipeline.phantom.MixedCohort;
import org.rtpipeline.radiomics.RadiomicsRow;
import org.rtpipeline.segmentation.ClassicalBackEnd;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.ImageKind;
import org.rtpipeline.segmentation.OutputOptions;
import org.rtpipeline.segmentation.SegmentationBackEnd;
import org.rtpipeline.segmentation.SegmentationInput;
import org.rtpipeline.segmentation.SegmentationRow;

/** Several models on one course, on its planning CT and on its MR. */
@ExtendWith(SharedSpark.class)
final class SeveralModelsTest {

  @TempDir static Path cohort;
  @TempDir Path folder;

  @BeforeAll
  static void makeCohort() throws Exception {
    MixedCohort.write(cohort, 11);
  }

  @Test
  void eachModelHasItsResultAndOneWhoseBodyPartIsAbsentIsLeftOut(JavaSparkContext context)
      throws Exception {
    List<StageResult<StageRows>> results =
        results(
            context,
            model("", ImageKind.CT, new Boxes("lung")),
            model("vessels", ImageKind.CT, new Boxes("vessel"), "lung"),
            model("teeth", ImageKind.CT, new Boxes("tooth"), "lung", "jaw"),
            model("again", ImageKind.CT, new Boxes("lung")));

    List<StageResult<StageRows>> segmented = of(results, StageName.SEGMENTATION);
    assertThat(segmented)
        .extracting(StageResult::kind)
        .containsExactly(
            Outcome.Kind.DONE, Outcome.Kind.DONE, Outcome.Kind.SKIPPED, Outcome.Kind.DONE);
    assertThat(segmented).extracting(StageResult::stageKey).doesNotHaveDuplicates();
    assertThat(codes(segmented.get(2))).containsExactly(Finding.Code.BODY_REGION_ABSENT);
    assertThat(codes(segmented.get(3))).contains(Finding.Code.DUPLICATE_ROI_NAME);
    assertThat(files()).containsExactly("RS_auto.dcm", "RS_auto_again.dcm", "RS_auto_vessels.dcm");
    assertThat(regions(results))
        .anyMatch(region -> region.contains("AutoRTS") && region.contains("lung"))
        .anyMatch(region -> region.contains("CustomModel:vessels") && region.contains("vessel"));
  }

  @Test
  void anMrIsSegmentedOnItsOwnGridAndItsStructuresHaveRadiomicsOfIt(JavaSparkContext context)
      throws Exception {
    String mr = anatomicMr(courses(context).first());

    List<StageResult<StageRows>> results =
        results(context, model("", ImageKind.MR, new Boxes("brain")));

    assertThat(of(results, StageName.SEGMENTATION))
        .extracting(StageResult::kind)
        .containsExactly(Outcome.Kind.DONE);
    assertThat(files()).containsExactly("RS_auto_" + mr + ".dcm");
    assertThat(regions(results))
        .anyMatch(region -> region.contains(mr) && region.contains("AutoRTS"));
  }

  @Test
  void structuresOfAnMrInAFrameOfItsOwnHaveRowsOfDoseThatSayWhyNot(JavaSparkContext context)
      throws Exception {
    List<StageResult<StageRows>> results =
        results(context, model("", ImageKind.MR, new Boxes("brain")));

    assertThat(of(results, StageName.DVH))
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.kind()).isEqualTo(Outcome.Kind.SKIPPED);
              assertThat(
                      RunRows.of(result).stream()
                          .filter(DvhRow.class::isInstance)
                          .map(DvhRow.class::cast))
                  .singleElement()
                  .satisfies(
                      row -> {
                        assertThat(row.roi().name()).isEqualTo("brain");
                        assertThat(row.head().outcome()).isEqualTo(Outcome.Kind.SKIPPED);
                        assertThat(row.head().findings())
                            .contains(Finding.Code.DOSE_FRAME_OF_REFERENCE);
                        assertThat(row.reason())
                            .isEqualTo(
                                "the region lies in another frame of reference than the dose");
                      });
            });
  }

  @Test
  void aModelThatAnchorsSeesWhatPeopleDrewAndWhatModelsBeforeItFound(JavaSparkContext context)
      throws Exception {
    List<StageResult<StageRows>> results =
        results(
            context,
            model("", ImageKind.CT, new Boxes("lung")),
            model("seer", ImageKind.CT, new Anchored()),
            model("plain", ImageKind.CT, new Boxes("box")));
    List<StageResult<StageRows>> others =
        results(
            context,
            model("", ImageKind.CT, new Boxes("heart")),
            model("seer", ImageKind.CT, new Anchored()),
            model("plain", ImageKind.CT, new Boxes("box")));

    assertThat(seen(results)).contains("saw lung").doesNotContain("saw heart");
    assertThat(seen(others)).contains("saw heart").doesNotContain("saw lung");
    assertThat(seen(results)).hasSizeGreaterThan(1);
    List<StageResult<StageRows>> one = of(results, StageName.SEGMENTATION);
    List<StageResult<StageRows>> other = of(others, StageName.SEGMENTATION);
    assertThat(one.get(1).stageKey()).isNotEqualTo(other.get(1).stageKey());
    assertThat(one.get(2).stageKey()).isEqualTo(other.get(2).stageKey());
  }

  private static List<String> seen(List<StageResult<StageRows>> results) {
    List<String> seen = new ArrayList<>();
    for (StageResult<StageRows> result : of(results, StageName.SEGMENTATION)) {
      RunRows.of(result)
          .forEach(
              row -> {
                if (row instanceof SegmentationRow one) {
                  one.foundName().filter(name -> name.startsWith("saw ")).ifPresent(seen::add);
                }
              });
    }
    return seen;
  }

  @Test
  void theClassicalBackEndLeavesOutMr(JavaSparkContext context) throws Exception {
    List<StageResult<StageRows>> results =
        results(context, SegmentationModel.first(ImageKind.MR, new ClassicalBackEnd()));

    assertThat(results)
        .singleElement()
        .satisfies(one -> assertThat(one.kind()).isEqualTo(Outcome.Kind.SKIPPED));
    assertThat(codes(results.get(0))).containsExactly(Finding.Code.MODALITY_MISMATCH);
  }

  private static SegmentationModel model(
      String name, ImageKind images, SegmentationBackEnd backEnd, String... needs) {
    return new SegmentationModel(name, images, backEnd, backEnd.digest() + name, List.of(needs));
  }

  private List<StageResult<StageRows>> results(
      JavaSparkContext context, SegmentationModel... models) throws Exception {
    JavaRDD<Course> courses = courses(context);
    HadoopStreams streams = HadoopStreams.of(context);
    String output = folder.toUri().toString();
    Broadcast<SerializableConfiguration> hadoop =
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration()));
    SegmentationFiles files = new AutomaticFiles(OutputOptions.STANDARD);
    FinishedCourses finished = new FinishedCourses();
    DealtCourses dealt = DealtCourses.of(courses, Courses.costs(courses));
    SegmentationRun.run(
        dealt,
        new SegmentationRun.Work(
            Stream.of(models)
                .map(model -> new SegmentationStage(model, files, output, hadoop))
                .toList(),
            streams,
            OnBug.STOP),
        new SegmentationRun.Layout(TaskDevices.processor(), 1, 1),
        finished::add);
    finished.end();
    AutomaticPass.Work work =
        new AutomaticPass.Work(
            new AutomaticData(CourseSource.unnamed(streams), output, hadoop),
            files,
            List.of(
                new DvhStage(DvhRequest.STANDARD), new RadiomicsStage(Runs.radiomics(), Runs.PET)),
            OnBug.STOP);
    try {
      return new AutomaticPass(dealt, new CpuSlots(1), work).results(finished).collect();
    } finally {
      context.setLocalProperty(StageMetricsListener.STAGE, null);
    }
  }

  private static JavaRDD<Course> courses(JavaSparkContext context) throws InputException {
    return Courses.organize(
            ScanStage.scan(
                context,
                cohort.toUri().toString(),
                cohort.resolve("output").toUri().toString(),
                HadoopStreams.of(context),
                Parallelism.of(1, 4, OptionalInt.empty())),
            Runs.keys(),
            OrganizeOptions.standard(),
            3)
        .flatMap(patient -> patient.courses().iterator())
        .filter(course -> !anatomicMr(course).isEmpty())
        .persist(StorageLevel.MEMORY_ONLY());
  }

  private static String anatomicMr(Course course) {
    return course.otherSeries().stream()
        .filter(s -> course.classOf(s).filter(SeriesClass.MR_ANATOMIC::equals).isPresent())
        .map(series -> series.seriesUid())
        .findFirst()
        .orElse("");
  }

  private static List<StageResult<StageRows>> of(
      List<StageResult<StageRows>> results, StageName stage) {
    return results.stream().filter(result -> result.stage() == stage).toList();
  }

  private static List<Finding.Code> codes(StageResult<StageRows> result) {
    return result.findings().stream().map(Finding::code).distinct().toList();
  }

  private static List<String> regions(List<StageResult<StageRows>> results) {
    List<String> regions = new ArrayList<>();
    for (StageResult<StageRows> result : of(results, StageName.RADIOMICS)) {
      RunRows.of(result)
          .forEach(
              row -> {
                if (row instanceof RadiomicsRow one) {
                  regions.add(one.region().toString());
                }
              });
    }
    return regions;
  }

  private List<String> files() throws Exception {
    try (Stream<Path> all = Files.walk(folder.resolve("courses"))) {
      return all.map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith("RS_"))
          .sorted()
          .toList();
    }
  }

  /** Finds again whatever is known, and says so. */
  private record Anchored() implements SegmentationBackEnd {
    @Override
    public String name() {
      return "anchored";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String digest() {
      return "anchored";
    }

    @Override
    public Device.Kind deviceKind() {
      return Device.Kind.CPU;
    }

    @Override
    public boolean anchorsOnKnown() {
      return true;
    }

    @Override
    public LabelMap segment(SegmentationInput input, Device device) {
      LabelMap known = Objects.requireNonNull(input.known());
      LabelLayers layers = new LabelLayers(known.grid());
      for (LabelledStructure structure : known.structures()) {
        layers.add(
            new LabelledStructure(
                structure.number(), "saw " + structure.name(), "", "", StructureCode.TISSUE),
            known.mask(structure));
      }
      return layers.labels(List.of());
    }
  }

  /** Finds a box in the middle of any image. */
  private record Boxes(String structure) implements SegmentationBackEnd {
    @Override
    public String name() {
      return "boxes:" + structure;
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public String digest() {
      return structure;
    }

    @Override
    public Device.Kind deviceKind() {
      return Device.Kind.CPU;
    }

    @Override
    public LabelMap segment(SegmentationInput input, Device device) {
      VoxelGrid grid = input.volume().grid();
      short[] labels = new short[(int) grid.voxels()];
      for (int at = 0; at < labels.length; at++) {
        int x = at % grid.columns();
        int y = at / grid.columns() % grid.rows();
        labels[at] = (short) (isMiddle(x, grid.columns()) && isMiddle(y, grid.rows()) ? 1 : 0);
      }
      return LabelMap.of(
          grid,
          labels,
          Collections.singletonList(
              new LabelledStructure(1, structure, structure, "", StructureCode.TISSUE)));
    }

    private static boolean isMiddle(int index, int count) {
      return index >= count / 4 && index < 3 * count / 4;
    }
  }
}
