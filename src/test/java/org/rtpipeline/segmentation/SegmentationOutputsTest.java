package org.rtpipeline.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StructureCode;
import org.rtpipeline.model.StructureSet;

final class SegmentationOutputsTest {

  private static final VoxelGrid GRID = VoxelGrid.axial(4, 3, 2, Point.ORIGIN, 2, 5, 10);
  private static final LabelledStructure LIVER =
      new LabelledStructure(
          5, "liver", "Made up", "ORGAN", StructureCode.anatomy("10200004", "Liver"));
  private static final LabelledStructure SPLEEN =
      new LabelledStructure(2, "spleen", "Made up", "ORGAN", StructureCode.TISSUE);
  private static final AutomaticStructures.Image IMAGE =
      new AutomaticStructures.Image("1.2.3", "1.2.4", List.of("1.2.3.1", "1.2.3.2"));
  private static final RowHead HEAD =
      new RowHead(new CourseId("course"), "P", "2024-01", "key", Outcome.Kind.DONE, List.of());
  private static final SegmentationRow.Made MADE =
      new SegmentationRow.Made("1.2.3", "1.2.9", "classical", "1", Device.Kind.CPU);

  private static LabelMap liverInTheSecondPlane() {
    short[] labels = new short[24];
    labels[GRID.index(1, 1, 1)] = 5;
    labels[GRID.index(2, 1, 1)] = 5;
    return LabelMap.of(GRID, labels, List.of(SPLEEN, LIVER));
  }

  private static Object cell(SegmentationRow row, String name) {
    Column<SegmentationRow> column =
        SegmentationRow.SCHEMA.columns().stream()
            .filter(c -> c.name().equals(name))
            .findFirst()
            .orElseThrow();
    return column.value().apply(row);
  }

  @Test
  void aStructureSetHoldsWhatWasFoundAndIsUnapproved() {
    StructureSet set =
        AutomaticStructures.of(
            liverInTheSecondPlane(), IMAGE, new ClassicalBackEnd(), ContourOptions.EXACT, 64);
    assertThat(set.approvalStatus()).isEqualTo("UNAPPROVED");
    assertThat(set.rois()).hasSize(1);
    assertThat(set.rois().get(0).number()).isEqualTo(5);
    assertThat(set.rois().get(0).name()).isEqualTo("liver");
    assertThat(set.rois().get(0).generationAlgorithm()).isEqualTo("AUTOMATIC");
    assertThat(set.rois().get(0).contours()).hasSize(1);
    assertThat(set.rois().get(0).contours().get(0).imageSopInstanceUid()).isEqualTo("1.2.3.2");
  }

  @Test
  void theUidOfAStructureSetFollowsFromItsInputs() {
    String one =
        AutomaticStructures.of(
                liverInTheSecondPlane(), IMAGE, new ClassicalBackEnd(), ContourOptions.EXACT, 64)
            .sopInstanceUid();
    String again =
        AutomaticStructures.of(
                liverInTheSecondPlane(), IMAGE, new ClassicalBackEnd(), ContourOptions.EXACT, 64)
            .sopInstanceUid();
    String shorter =
        AutomaticStructures.of(
                liverInTheSecondPlane(), IMAGE, new ClassicalBackEnd(), ContourOptions.EXACT, 16)
            .sopInstanceUid();
    assertThat(one).isEqualTo(again).startsWith("2.25.").hasSizeLessThanOrEqualTo(44);
    assertThat(shorter).isNotEqualTo(one);
    assertThat(DerivedUid.of("ab", "c")).isNotEqualTo(DerivedUid.of("a", "bc"));
  }

  @Test
  void longNamesAreCutAndStayUnique() {
    assertThat(
            RoiNames.unique(
                List.of("vertebrae_lumbar_1", "vertebrae_lumbar_2", "VERTEBRAE_LUMBAr", "liver"),
                16))
        .containsExactly("vertebrae_lumbar", "vertebrae_lumb_2", "VERTEBRAE_LUMB_3", "liver");
  }

  @Test
  void rowsGiveSizeAndDensity() {
    float[] imageHu = new float[24];
    imageHu[GRID.index(1, 1, 1)] = 50;
    imageHu[GRID.index(2, 1, 1)] = 70;
    List<SegmentationRow> rows = SegmentationRow.of(HEAD, MADE, liverInTheSecondPlane(), imageHu);
    assertThat(rows).hasSize(2);
    SegmentationRow liver = rows.get(1);
    assertThat(liver.schema().name()).isEqualTo("structures");
    assertThat(cell(liver, "voxels")).isEqualTo(2L);
    assertThat((Double) cell(liver, "volume_cm3")).isCloseTo(0.2, within(1e-12));
    assertThat(cell(liver, "mean_hu")).isEqualTo(60.0);
    assertThat(cell(liver, "touches_image_border")).isEqualTo(true);
    assertThat(cell(liver, "code_value")).isEqualTo("10200004");
    assertThat(cell(liver, "reason")).isNull();
  }

  @Test
  void aStructureThatWasNotFoundHasARowThatSaysSo() {
    SegmentationRow spleen =
        SegmentationRow.of(HEAD, MADE, liverInTheSecondPlane(), new float[24]).get(0);
    assertThat(cell(spleen, "roi_name")).isEqualTo("spleen");
    assertThat(cell(spleen, "voxels")).isEqualTo(0L);
    assertThat(cell(spleen, "mean_hu")).isNull();
    assertThat(cell(spleen, "reason")).isEqualTo("the structure was not found in the image");
  }

  @Test
  void aCourseWithoutSegmentationHasARowWithItsReason() {
    SegmentationRow row = SegmentationRow.notComputed(HEAD, MADE, "no planning CT");
    List<Object> cells = new ArrayList<>();
    SegmentationRow.SCHEMA.columns().forEach(column -> cells.add(column.value().apply(row)));
    assertThat(cells).contains("no planning CT").doesNotContain("liver");
    assertThat(cell(row, "voxels")).isNull();
    assertThat(cell(row, "roi_name")).isNull();
  }

  @Test
  void theSideIsPartOfTheMeaning() {
    LabelledStructure lung = ClassicalStructure.LUNG_LEFT;
    LabelMap map = LabelMap.of(GRID, new short[24], List.of(lung));
    SegmentationRow row = SegmentationRow.of(HEAD, MADE, map, new float[24]).get(0);
    assertThat(cell(row, "code_meaning")).isEqualTo("Lung, Left");
  }

  @Test
  void unevenPlanesCountWithTheirOwnThickness() {
    VoxelGrid uneven =
        new VoxelGrid(
            1,
            1,
            Point.ORIGIN,
            new Point(1, 0, 0),
            new Point(0, 1, 0),
            1,
            1,
            new double[] {0, 2, 6});
    LabelMap map =
        LabelMap.of(
            uneven,
            new short[] {1, 2, 3},
            List.of(
                new LabelledStructure(1, "a", "", "", StructureCode.TISSUE),
                new LabelledStructure(2, "b", "", "", StructureCode.TISSUE),
                new LabelledStructure(3, "c", "", "", StructureCode.TISSUE)));
    assertThat(map.structures())
        .extracting(s -> 1000 * StructureMeasure.of(map, s, new float[3]).volumeCm3())
        .containsExactly(2.0, 3.0, 4.0);
  }

  @Test
  void aManifestComesBackAndACutOneDoesNot() {
    SegmentationManifest manifest =
        new SegmentationManifest(
            "abc",
            "classical 1",
            List.of(
                SegmentationManifest.Entry.of(
                    "RS_auto.dcm", "content".getBytes(StandardCharsets.UTF_8))));
    String text = manifest.text();
    assertThat(SegmentationManifest.read(text)).contains(manifest);
    for (int end = 0; end < text.length() - 1; end++) {
      assertThat(SegmentationManifest.read(text.substring(0, end))).isEmpty();
    }
    assertThat(SegmentationManifest.read(text.replace("file ", "fine "))).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SegmentationManifest.Entry("a b", 1, "00"));
  }

  @Test
  void aDeviceIsACardWithAnAddressOrNeither() {
    assertThat(Device.gpu("GPU-1").address()).isEqualTo("GPU-1");
    assertThatIllegalArgumentException().isThrownBy(() -> Device.gpu(""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Device(Device.Kind.CPU, "0"));
  }
}
