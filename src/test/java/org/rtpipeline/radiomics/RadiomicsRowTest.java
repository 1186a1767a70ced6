package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;

final class RadiomicsRowTest {

  private static final RowHead HEAD =
      new RowHead(
          new CourseId("abcdefghijklmnopqrstuvwxyz"),
          "P1",
          "2026-01",
          "key",
          Outcome.Kind.DONE,
          List.of());
  private static final RadiomicsRow.Source SOURCE =
      new RadiomicsRow.Source("1.2", 3, "PTV", "1.3", "CT", 99);

  private static Map<String, Object> cells(RadiomicsRow row) {
    Map<String, Object> cells = new HashMap<>();
    for (Column<RadiomicsRow> column : RadiomicsRow.SCHEMA.columns()) {
      cells.put(column.name(), column.value().apply(row));
    }
    return cells;
  }

  @Test
  void everyFeatureIsARow() {
    RoiFeatures.Facts facts = new RoiFeatures.Facts(99, 99, null, List.of());
    FeatureValue mean = new FeatureValue("original", FeatureClass.FIRSTORDER, "Mean", 12.5, "Q4LE");
    FeatureValue undefined =
        new FeatureValue("original", FeatureClass.GLCM, "MCC", Double.NaN, null);
    List<RadiomicsRow> rows =
        RadiomicsRow.rows(
            HEAD, SOURCE, "ct", new RoiFeatures(List.of(mean, undefined), null, facts));
    assertThat(rows).hasSize(2);
    assertThat(cells(rows.get(0)))
        .containsEntry("value", 12.5)
        .containsEntry("ibsi_id", "Q4LE")
        .containsEntry("feature_class", "firstorder")
        .containsEntry("roi_name", "PTV")
        .containsEntry("roi_voxels", 99)
        .containsEntry("reason", null);
    assertThat(cells(rows.get(1))).containsEntry("value", null).containsEntry("feature", "MCC");
    assertThat(rows.get(0).schema().name()).isEqualTo("radiomics");
  }

  @Test
  void aRegionWithoutFeaturesIsOneRowWithTheReason() {
    RoiFeatures none =
        new RoiFeatures(
            List.of(),
            RoiFeatures.Reason.SINGLE_VOXEL,
            new RoiFeatures.Facts(1, 0, null, List.of()));
    List<RadiomicsRow> rows = RadiomicsRow.rows(HEAD, SOURCE, "ct", none);
    assertThat(rows).hasSize(1);
    assertThat(cells(rows.get(0)))
        .containsEntry("reason", "SINGLE_VOXEL")
        .containsEntry("value", null)
        .containsEntry("image_type", null)
        .containsEntry("feature", null)
        .containsEntry("feature_class", null)
        .containsEntry("ibsi_id", null);
  }
}
