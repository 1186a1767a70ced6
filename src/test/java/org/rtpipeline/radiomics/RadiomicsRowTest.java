package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.radiomics.RadiomicsOptions.Texture;

final class RadiomicsRowTest {

  private static final RowHead HEAD =
      new RowHead(
          new CourseId("abcdefghijklmnopqrstuvwxyz"),
          "P1",
          "2026-01",
          "key",
          Outcome.Kind.DONE,
          List.of());
  private static final RoiOnImage REGION =
      new RoiOnImage("1.2", "Manual", 3, "PTV", "1.3", "CT", RadiomicsMode.PYRADIOMICS, "ct");
  private static final Texture TEXTURE = RadiomicsOptions.pyradiomics().texture();

  private static Map<String, Object> cells(RadiomicsRow row) {
    Map<String, Object> cells = new HashMap<>();
    for (Column<RadiomicsRow> column : RadiomicsRow.SCHEMA.columns()) {
      cells.put(column.name(), column.value().apply(row));
    }
    return cells;
  }

  @Test
  void everyFeatureIsARow() {
    FeatureValue mean = new FeatureValue("original", FeatureClass.FIRSTORDER, "Mean", 12.5, "Q4LE");
    FeatureValue undefined =
        new FeatureValue("original", FeatureClass.GLCM, "MCC", Double.NaN, null);
    List<RadiomicsRow> rows =
        RadiomicsRow.rows(HEAD, REGION, TableFeature.of(List.of(mean, undefined), TEXTURE));
    assertThat(rows).hasSize(2);
    assertThat(cells(rows.get(0)))
        .containsEntry("value", 12.5)
        .containsEntry("ibsi_id", "Q4LE")
        .containsEntry("feature_class", "firstorder")
        .containsEntry("aggregation", null)
        .containsEntry("mode", "pyradiomics")
        .containsEntry("parameters", "ct")
        .containsEntry("segmentation_source", "Manual")
        .containsEntry("roi_name", "PTV")
        .containsEntry("reason", null);
    assertThat(cells(rows.get(1)))
        .containsEntry("value", null)
        .containsEntry("aggregation", "3D_averaged ITBB")
        .containsEntry("feature", "MCC");
    assertThat(rows.get(0).schema().name()).isEqualTo("radiomics");
  }

  @Test
  void theAggregationFollowsTheNeighboursThatCount() {
    assertThat(aggregation(FeatureClass.GLRLM, WeightingNorm.NO_WEIGHTING, TexturePlane.VOLUME))
        .isEqualTo("3D_merged IAZD");
    assertThat(aggregation(FeatureClass.GLCM, WeightingNorm.EUCLIDEAN, TexturePlane.VOLUME))
        .isEqualTo("3D_weighted");
    assertThat(aggregation(FeatureClass.GLSZM, null, TexturePlane.VOLUME)).isEqualTo("3D KOBO");
    assertThat(aggregation(FeatureClass.GLCM, null, TexturePlane.AXIAL))
        .isEqualTo("2.5D_direction_merged JJUI");
    assertThat(aggregation(FeatureClass.GLCM, WeightingNorm.NO_WEIGHTING, TexturePlane.AXIAL))
        .isEqualTo("2.5D_merged ZW7Z");
    assertThat(aggregation(FeatureClass.GLCM, WeightingNorm.MANHATTAN, TexturePlane.AXIAL))
        .isEqualTo("2.5D_weighted");
    assertThat(aggregation(FeatureClass.NGTDM, null, TexturePlane.AXIAL)).isEqualTo("2.5D 62GR");
  }

  private static Object aggregation(
      FeatureClass family, @Nullable WeightingNorm norm, TexturePlane plane) {
    FeatureValue value = new FeatureValue("original", family, "Any", 1, null);
    Texture texture = new Texture(List.of(1), norm, 0, RadiomicsOptions.Pairs.BOTH_ORDERS, plane);
    return cells(RadiomicsRow.rows(HEAD, REGION, TableFeature.of(List.of(value), texture)).get(0))
        .get("aggregation");
  }

  @Test
  void aRegionWithoutFeaturesIsOneRowWithTheReason() {
    assertThat(cells(RadiomicsRow.without(HEAD, REGION, "the mask holds one voxel only")))
        .containsEntry("reason", "the mask holds one voxel only")
        .containsEntry("value", null)
        .containsEntry("image_type", null)
        .containsEntry("feature", null)
        .containsEntry("feature_class", null)
        .containsEntry("ibsi_id", null);
  }

  @Test
  void diagnosticsSayWhatFeaturesRestOn() {
    GridSize grid = new GridSize(9, 8, 7, 1, 1, 2.5);
    RoiFeatures.Extent mask = new RoiFeatures.Extent(grid, new IndexBox(1, 2, 3, 4, 5, 2), 31);
    RoiFeatures.Facts facts = new RoiFeatures.Facts(mask, null, List.of("log-sigma-5-0-mm-3D"));
    RadiomicsDiagnosticsRow row =
        new RadiomicsDiagnosticsRow(
            HEAD, REGION, "", new RadiomicsDiagnosticsRow.Ends(true, true), facts, 0, "too small");
    Map<String, Object> cells = new HashMap<>();
    RadiomicsDiagnosticsRow.SCHEMA
        .columns()
        .forEach(column -> cells.put(column.name(), column.value().apply(row)));
    assertThat(row.schema().name()).isEqualTo("radiomics_diagnostics");
    assertThat(cells)
        .containsEntry("image_size", "(9, 8, 7)")
        .containsEntry("image_spacing", "(1.0, 1.0, 2.5)")
        .containsEntry("mask_bounding_box", "(1, 2, 3, 4, 5, 2)")
        .containsEntry("mask_voxels", 31)
        .containsEntry("used_voxels", null)
        .containsEntry("image_types_left_out", List.of("log-sigma-5-0-mm-3D"))
        .containsEntry("touches_image_border", true)
        .containsEntry("clipped", true)
        .containsEntry("parameters_sha256", null)
        .containsEntry("reason", "too small");
  }
}
