package org.rtpipeline.segmentation.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.BodyPhantom;
import org.rtpipeline.fixture.ScriptedWorker;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.BodyRegion;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageRegions;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationException;
import org.rtpipeline.segmentation.SegmentationInput;

/** What a model asks of the body that an image shows. */
final class RegionGateTest {

  private static final RegionGate THORAX = new RegionGate(Set.of(BodyRegion.THORAX), 0.5);

  @TempDir Path folder;

  @Test
  void anImageOfTheRegionPassesWithoutAWord() throws SegmentationException {
    assertThat(THORAX.pass(input("CT", chest()))).isEmpty();
    assertThat(new RegionGate(Set.of(), 0.5).pass(input("CT", pelvis()))).isEmpty();
  }

  @Test
  void anImageOfAnotherRegionIsLeftOut() {
    SegmentationException absent =
        catchThrowableOfType(SegmentationException.class, () -> THORAX.pass(input("CT", pelvis())));

    assertThat(absent.finding().level()).isEqualTo(Finding.Level.SKIP_STAGE);
    assertThat(absent.finding().code()).isEqualTo(Finding.Code.BODY_REGION_ABSENT);
    assertThat(absent.finding().message()).contains("THORAX");
  }

  @Test
  void everyRegionMustBeShown() {
    RegionGate both = new RegionGate(Set.of(BodyRegion.THORAX, BodyRegion.HEAD_NECK), 0.5);

    assertThatThrownBy(() -> both.pass(input("CT", chest())))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining("HEAD_NECK")
        .hasMessageNotContaining("THORAX");
  }

  @Test
  void lessConfidenceThanIsAskedForOnlyWarns() throws SegmentationException {
    ImageVolume some = BodyPhantom.between(BodyPhantom.THORAX_MM - 150, BodyPhantom.THORAX_MM + 45);
    double sure =
        Objects.requireNonNull(ImageRegions.of(some).orElseThrow().get(BodyRegion.THORAX));
    assertThat(sure).isBetween(ImageRegions.SHOWN, 0.99);

    List<Finding> findings = new RegionGate(Set.of(BodyRegion.THORAX), 1).pass(input("CT", some));

    assertThat(findings).singleElement().satisfies(RegionGateTest::warnsOfTheRegion);
  }

  private static void warnsOfTheRegion(Finding finding) {
    assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
    assertThat(finding.code()).isEqualTo(Finding.Code.BODY_REGION_ABSENT);
    assertThat(finding.message()).contains("THORAX", "the model asks for 1.00");
  }

  @Test
  void anImageThatDoesNotTellPassesWithAWarning() throws SegmentationException {
    VoxelGrid sagittal =
        new VoxelGrid(
            2,
            2,
            new Point(0, 0, 0),
            new Point(0, 1, 0),
            new Point(0, 0, -1),
            1,
            1,
            new double[] {0, 1, 2});

    for (SegmentationInput input :
        List.of(input("CT", new ImageVolume(sagittal, new float[12])), input("MR", chest()))) {
      assertThat(THORAX.pass(input))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.code()).isEqualTo(Finding.Code.SEGMENTER_DEGRADED);
                assertThat(finding.message()).contains("THORAX", "does not tell");
              });
    }
  }

  @Test
  void confidenceIsAShare() {
    assertThatThrownBy(() -> new RegionGate(Set.of(), Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noWorkerIsStartedForAnImageOfAnotherRegion() throws Exception {
    Path yaml =
        Files.writeString(folder.resolve("custom_model.yaml"), "required_body_regions: THORAX\n");
    Path record = folder.resolve("record.txt");
    WorkerBackEnd backEnd =
        new WorkerBackEnd(
            new WorkerOptions(
                ScriptedWorker.command("well", record, 1),
                Device.Kind.CPU,
                new WorkerModel(
                    WorkerModel.Kind.CUSTOM,
                    "",
                    WorkerModel.Resolution.FULL,
                    List.of(),
                    yaml.toString(),
                    "LAS"),
                WorkerLimits.DEFAULT,
                1,
                List.of(),
                "",
                ""));

    assertThatThrownBy(() -> backEnd.segment(input("CT", pelvis()), Device.CPU))
        .isInstanceOf(SegmentationException.class);

    assertThat(record).doesNotExist();
  }

  private SegmentationInput input(String modality, ImageVolume volume) {
    return new SegmentationInput(new CourseId("course"), "1.2.3", modality, volume, folder);
  }

  private static ImageVolume chest() {
    return BodyPhantom.between(BodyPhantom.THORAX_MM, BodyPhantom.NECK_MM);
  }

  private static ImageVolume pelvis() {
    return BodyPhantom.between(BodyPhantom.PELVIS_MM, BodyPhantom.ABDOMEN_MM);
  }
}
