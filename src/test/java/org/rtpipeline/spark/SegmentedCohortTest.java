package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dicom.RtStructReader;
import org.rtpipeline.dicom.SegReader;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.fixture.SparkTasks;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.Roi;
import org.rtpipeline.segmentation.ContourOptions;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.OutputOptions;
import org.rtpipeline.segmentation.SegmentationOptions;
import org.rtpipeline.segmentation.worker.WorkerLimits;
import org.rtpipeline.segmentation.worker.WorkerModel;
import org.rtpipeline.segmentation.worker.WorkerOptions;

/** A whole run with structures found by the classical back end. */
@ExtendWith(SharedSpark.class)
final class SegmentedCohortTest {

  @TempDir Path folder;

  @Test
  void tablesSayWhichStructuresWereFoundAndASecondRunFindsTheSame(JavaSparkContext context)
      throws Exception {
    Path input = folder.resolve("dicom");
    Path output = folder.resolve("results");
    Phantoms.write(input, 2);
    RunRequest request =
        with(
            Runs.request(input, output),
            EnumSet.of(StageName.SEGMENTATION, StageName.DVH),
            SegmentationOptions.CLASSICAL);

    RunSummary summary;
    try (SparkTasks tasks = new SparkTasks(context)) {
      summary = CohortRun.run(Runs.engine(context, 2), request, Runs.SILENT);
      Set<String> passes = Set.of(StageName.DVH.word(), SegmentationPass.AUTOMATIC);
      assertThat(tasks.stages()).containsKeys(passes.toArray(String[]::new));
      assertThat(tasks.atOnce(passes::contains)).isBetween(1, 2);
    }

    assertThat(summary.courses().done()).isEqualTo(2);
    List<String> sources = Runs.rows(context, output, "dvh", "segmentation_source");
    assertThat(sources).contains("{segmentation_source=AutoRTS}");
    assertThat(sources).anyMatch(source -> !source.contains("AutoRTS"));
    assertThat(
            Runs.rows(context, output, "dvh", "segmentation_source", "segmentation_model").stream()
                .distinct())
        .contains("{segmentation_model=classical 1, segmentation_source=AutoRTS}")
        .anyMatch(row -> row.startsWith("{segmentation_model=null,"))
        .noneMatch(row -> row.contains("null") && row.contains("AutoRTS"));
    List<String> structures = Runs.rows(context, output, "structures");
    assertThat(structures).isNotEmpty().allMatch(row -> row.contains("back_end=classical"));
    List<Path> sets = files(output, "RS_auto.dcm");
    assertThat(sets).hasSize(2);
    List<String> dvh = Runs.rows(context, output, "dvh");
    byte[] first = Files.readAllBytes(sets.get(0));

    CohortRun.run(Runs.engine(context, 2), request, Runs.SILENT);

    assertThat(Files.readAllBytes(sets.get(0))).isEqualTo(first);
    assertThat(files(output, "RS_auto.dcm")).isEqualTo(sets);
    assertThat(Runs.rows(context, output, "structures")).isEqualTo(structures);
    assertThat(Runs.rows(context, output, "dvh")).isEqualTo(dvh);
  }

  @Test
  void copiesOfTheMasksHoldTheStructuresOfTheStructureSet(JavaSparkContext context)
      throws Exception {
    Path input = folder.resolve("dicom");
    Path output = folder.resolve("results");
    Phantoms.write(input, 1);
    OutputOptions copies =
        new OutputOptions(
            ContourOptions.EXACT,
            64,
            List.of(OutputOptions.Format.NIFTI, OutputOptions.Format.SEG));
    RunRequest request =
        with(
            Runs.request(input, output),
            EnumSet.of(StageName.SEGMENTATION),
            new SegmentationOptions(
                SegmentationOptions.Method.CLASSICAL, 1, null, null, null, copies));

    CohortRun.run(Runs.engine(context, 2), request, Runs.SILENT);

    Path set = files(output, "RS_auto.dcm").get(0);
    Path seg = set.resolveSibling("SEG_auto.dcm");
    List<String> names;
    try (InputStream in = Files.newInputStream(set)) {
      names =
          RtStructReader.read(set.toString(), in).rois().stream().map(Roi::name).sorted().toList();
    }
    try (InputStream in = Files.newInputStream(seg)) {
      assertThat(SegReader.read(seg.toString(), in, 0.5).labels().structures())
          .extracting(LabelledStructure::name)
          .containsExactlyInAnyOrderElementsOf(names);
    }
    assertThat(Files.readString(set.resolveSibling("manifest.txt")))
        .contains("SEG_auto.dcm", "labels_1.nii.gz");
    assertThat(Files.size(set.resolveSibling("labels_1.nii.gz"))).isPositive();
  }

  @Test
  void aBackEndThatLacksItsModelEndsTheRunBeforeItReadsAnything(JavaSparkContext context)
      throws Exception {
    Path input = folder.resolve("dicom");
    Phantoms.write(input, 1);
    WorkerOptions worker =
        new WorkerOptions(
            List.of("python3", WorkerOptions.SHIPPED),
            Device.Kind.GPU,
            WorkerModel.totalSegmentator("total", WorkerModel.Resolution.FULL),
            WorkerLimits.DEFAULT,
            1,
            List.of(),
            "",
            "");
    RunRequest request =
        with(
            Runs.request(input, folder.resolve("results")),
            EnumSet.of(StageName.SEGMENTATION),
            new SegmentationOptions(
                SegmentationOptions.Method.WORKER, 1, worker, null, null, OutputOptions.STANDARD));

    assertThatThrownBy(() -> CohortRun.run(Runs.engine(context, 2), request, Runs.SILENT))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("data set 291");
  }

  @Test
  void theDoctorTriesTheClassicalBackEnd() {
    assertThat(SegmentationDoctor.lines(SegmentationOptions.CLASSICAL))
        .anyMatch(line -> line.startsWith("gpus"))
        .anyMatch(line -> line.startsWith("self-test   passed"));
  }

  @Test
  void gpusOfTheMachineAreThoseThatAreNamed() {
    assertThat(LocalGpus.of("GPU-a, GPU-b")).containsExactly("GPU-a", "GPU-b");
    assertThat(LocalGpus.of("none")).isEmpty();
    assertThat(LocalGpus.lines("printf", "a\\nb\\n")).containsExactly("a", "b");
    assertThat(LocalGpus.lines("/no/such/program")).isEmpty();
    assertThat(LocalGpus.lines("false")).isEmpty();
  }

  private static List<Path> files(Path output, String name) throws Exception {
    try (Stream<Path> all = Files.walk(output.resolve("courses"))) {
      return all.filter(file -> file.endsWith(name)).sorted().toList();
    }
  }

  private static RunRequest with(
      RunRequest request, EnumSet<StageName> stages, SegmentationOptions segmentation) {
    return new RunRequest(
        request.places(),
        stages,
        request.selection(),
        request.onBug(),
        request.organize(),
        request.keys(),
        segmentation,
        request.structures(),
        request.cropping(),
        request.dvh(),
        request.pet(),
        request.radiomics(),
        request.patientIds(),
        request.personal(),
        request.export(),
        request.configuration());
  }
}
