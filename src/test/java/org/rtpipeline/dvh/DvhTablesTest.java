package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StandardName;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

final class DvhTablesTest {

  private static final RowHead HEAD =
      new RowHead(
          new CourseId("abc"),
          "P1",
          "2024-03",
          "key",
          Outcome.Kind.DONE,
          List.of(Finding.Code.NO_PLANNING_CT));
  private static final DoseGrid DOSE = Shapes.linearDose(new Point(0, 0, 1), 2);
  private static final Roi BOX = Shapes.named("Spinal_Cord", Shapes.box(10, 10, 12, 3));
  private static final RoiName NAME = RoiName.of(BOX, false);

  @Test
  void rowHoldsEveryNumberAndSaysWhichModel() {
    Map<String, Object> row = cells(DvhRow.of(HEAD, NAME, source(40.0), volume(BOX)));
    assertThat((Double) row.get("volume_cm3")).isCloseTo(1.2, within(1e-9));
    assertThat((Double) row.get("d95_gy")).isCloseTo(34.6, within(0.01));
    assertThat((Double) row.get("d0p03cc_gy")).isCloseTo(45.7, within(0.01));
    assertThat((Double) row.get("v100rx_pct")).isCloseTo(50, within(0.01));
    assertThat((Double) row.get("v40gy_cm3")).isCloseTo(0.6, within(0.001));
    assertThat(row.get("d2cc_gy")).isNull();
    assertThat(row)
        .containsEntry("end_caps", "HALF_SLICE")
        .containsEntry("between_planes", "PRISM")
        .containsEntry("plane_count", 4)
        .containsEntry("roi_type", "ORGAN")
        .containsEntry("touches_image_border", false)
        .containsEntry("rx_gy", 40.0)
        .containsEntry("findings", List.of("NO_PLANNING_CT"))
        .containsEntry("reason", "the region is smaller than the volume of some D_xcc");
  }

  @Test
  void fullRowNeedsNoReason() {
    Roi large = Shapes.named("large", Shapes.box(20, 20, 24, 3));
    assertThat(cells(DvhRow.of(HEAD, NAME, source(40.0), volume(large))))
        .containsEntry("reason", null);
  }

  @Test
  void everyMissingCellIsExplained() {
    DoseGrid cold =
        Shapes.dose(VoxelGrid.axial(9, 9, 9, new Point(-20, -20, -20), 5, 5, 5), at -> 0);
    RoiDoseVolume volume = new DoseVolumeCalculator(cold, DvhOptions.DEFAULT).of(BOX, 3);
    DvhSource unknown = source(null);
    assertThat(DvhRow.of(HEAD, NAME, unknown, volume).reason())
        .isEqualTo(
            "no prescribed dose: no plan; the region is smaller than the volume of some D_xcc;"
                + " D50% is 0 Gy");
    assertThat(DvhRow.of(HEAD, NAME, source(0.0), volume).measures().value("v95rx_pct")).isEmpty();
  }

  @Test
  void regionWithoutDoseSaysWhyAndHasNoCurve() {
    RoiDoseVolume empty = volume(Shapes.named("none", List.of()));
    DvhRow row = DvhRow.of(HEAD, NAME, source(40.0), empty);
    assertThat(row.reason()).isEqualTo("no closed contour encloses an area");
    assertThat(row.head().findings())
        .containsExactly(Finding.Code.NO_PLANNING_CT, Finding.Code.EMPTY_ROI);
    assertThat(DvhCurveRow.of(HEAD, NAME, source(40.0), empty)).isEmpty();
    RoiDoseVolume silent = new RoiDoseVolume(1, 0, 1, null, List.of());
    assertThat(DvhRow.of(HEAD, NAME, source(40.0), silent).reason())
        .isEqualTo("no part of the region lies inside the dose grid");
  }

  @Test
  void rowThatWasNotComputedHasNoNumbers() {
    DvhRow row = DvhRow.notComputed(HEAD, NAME, source(null), "the course has no dose");
    Map<String, Object> cells = cells(row);
    assertThat(cells)
        .containsEntry("reason", "the course has no dose")
        .containsEntry("dmean_gy", null)
        .containsEntry("plane_count", null);
  }

  @Test
  void measureThatIsNoColumnIsRefused() {
    DvhMeasures measures = DvhRow.of(HEAD, NAME, source(40.0), volume(BOX)).measures();
    assertThat(measures.value("dmean_gy").orElseThrow()).isCloseTo(40, within(0.001));
    assertThatIllegalArgumentException().isThrownBy(() -> measures.value("d96_gy"));
  }

  @Test
  void curveRowRunsFromLowestToHighestDose() {
    DvhCurveRow row = DvhCurveRow.of(HEAD, NAME, source(40.0), volume(BOX)).orElseThrow();
    Map<String, Object> cells = cells(row);
    assertThat(cells).containsEntry("roi_number", 1).containsEntry("dose_uid", "1.2.3");
    assertThat(row.doseGy().get(0)).isCloseTo(34, within(1e-4));
    assertThat(row.doseGy().get(row.doseGy().size() - 1)).isCloseTo(46, within(1e-4));
    assertThat(row.volumeCm3().get(0)).isCloseTo(1.2, within(1e-9));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new DvhCurveRow(HEAD, NAME, source(1.0), List.of(1.0), List.of(1.0, 2.0)));
  }

  @Test
  void metricRowHoldsTheWrittenForm() {
    DvhMetricRow row =
        DvhMetricRow.of(
            HEAD, NAME, source(40.0), DvhMetric.parse("V40"), MetricSource.of(volume(BOX)));
    Map<String, Object> cells = cells(row);
    assertThat(cells).containsEntry("metric", "V40Gy[%]").containsEntry("unit", "%");
    assertThat(cells).containsEntry("roi_name", "Spinal_Cord").containsEntry("reason", null);
    assertThat((Double) cells.get("value")).isCloseTo(50, within(0.01));
  }

  @Test
  void constraintsAreJudged() {
    ConstraintSet set =
        ConstraintSet.parse(
            "site",
            List.of(
                "# limits",
                "",
                "Cord ; spinal_?cord ; Max[Gy] ; <= ; 45 ; myelopathy ; local",
                "Cord ; spinal_?cord ; Mean[Gy] ; <= ; 45 ; myelopathy ; local",
                "Cord ; spinal_?cord ; V95%[%] ; >= ; 5 ; cover ; local",
                "Cord ; spinal_?cord ; Min[Gy] ; >= ; 45 ; cover ; local",
                "Lung ; lung ; V20Gy[%] ; <= ; 30 ; pneumonitis ; local"));
    List<DvhConstraintRow> rows =
        DvhConstraintRow.of(HEAD, NAME, source(null), set, MetricSource.of(volume(BOX)));
    assertThat(rows)
        .extracting(row -> cells(row).get("verdict"))
        .containsExactly("FAIL", "PASS", "NOT_EVALUATED", "FAIL");
    Map<String, Object> first = cells(rows.get(0));
    assertThat(first)
        .containsEntry("constraint", "Max[Gy] <= 45.0")
        .containsEntry("constraint_set", "site")
        .containsEntry("structure", "Cord")
        .containsEntry("source", "local");
    assertThat(cells(rows.get(2))).containsEntry("constraint", "V95%[%] >= 5.0");
  }

  @Test
  void aConstraintFindsARegionByItsStandardNameWhenItsOwnNameIsAboutNothing() {
    ConstraintSet set =
        ConstraintSet.parse(
            "site",
            List.of(
                "Cord ; SpinalCord ; Max[Gy] ; <= ; 45 ; myelopathy ; local",
                "Lung ; lung ; V20Gy[%] ; <= ; 30 ; pneumonitis ; local"));
    StandardName cord = new StandardName("SpinalCord", "site names.csv:2 exact");
    RoiName renamed = new RoiName(1, "Myelon", "ORGAN", false, cord, null);
    RoiName contrary = new RoiName(1, "Lung", "ORGAN", false, cord, null);

    assertThat(set.about(renamed)).extracting(DoseConstraint::structure).containsExactly("Cord");
    assertThat(set.about(contrary)).extracting(DoseConstraint::structure).containsExactly("Lung");
    assertThat(set.about(new RoiName(1, "Myelon", "ORGAN", false))).isEmpty();
    assertThat(cells(DvhRow.of(HEAD, renamed, source(40.0), volume(BOX))))
        .containsEntry("roi_name", "Myelon")
        .containsEntry("roi_standard_name", "SpinalCord")
        .containsEntry("name_rule", "site names.csv:2 exact");
    assertThat(cells(DvhRow.of(HEAD, NAME, source(40.0), volume(BOX))))
        .containsEntry("roi_standard_name", null)
        .containsEntry("name_rule", null);
  }

  @Test
  void badConstraintIsRefusedWithItsLine() {
    for (String line :
        List.of(
            "Cord ; cord ; Max[Gy] ; <= ; 45 ; myelopathy",
            "Cord ; cord ; Max[Gy] ; = ; 45 ; myelopathy ; local",
            "Cord ; cord ; Max[Gy] ; <= ; much ; myelopathy ; local",
            "Cord ; (cord ; Max[Gy] ; <= ; 45 ; myelopathy ; local",
            "Cord ; cord ; Most ; <= ; 45 ; myelopathy ; local")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ConstraintSet.parse("site.txt", List.of("# first", line)))
          .withMessageStartingWith("site.txt:2: ");
    }
  }

  @Test
  void shippedQuantecSetCanBeRead() throws IOException {
    ConstraintSet set =
        ConstraintSet.parse("quantec", Files.readAllLines(Path.of("conf/constraints/quantec.txt")));
    assertThat(set.constraints()).hasSizeGreaterThan(35);
    assertThat(set.constraints())
        .allSatisfy(constraint -> assertThat(constraint.source()).contains("2010"));
    assertThat(set.about("Rectum")).hasSize(5);
    assertThat(set.about("SpinalCord")).hasSize(1);
    assertThat(set.about("PTV")).isEmpty();
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    for (double width : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  new DvhOptions(
                      width,
                      DvhOptions.EndCaps.NONE,
                      DvhOptions.BetweenPlanes.PRISM,
                      DvhOptions.Interpolation.TRILINEAR,
                      60_000));
    }
    for (int cells : new int[] {999, 10_000_001}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DvhOptions.DEFAULT.withCellsPerRoi(cells));
    }
  }

  private static RoiDoseVolume volume(Roi roi) {
    return new DoseVolumeCalculator(DOSE, DvhOptions.DEFAULT).of(roi, 3);
  }

  private static DvhSource source(Double rxGy) {
    return new DvhSource(
        new DvhSource.Structures("1.2", "plan", "Manual", "PLAN", "the plan's", List.of("1.2")),
        new DvhSource.Dose(
            "1.2.3",
            "SINGLE_DOSE",
            "the only one",
            "PLAN",
            List.of("1.2.3"),
            List.of("PLAN"),
            List.of("1.2.4")),
        rxGy == null
            ? DvhSource.PrescribedDose.unknown("no plan")
            : new DvhSource.PrescribedDose(rxGy, "plan"),
        DvhOptions.DEFAULT);
  }

  private static Map<String, Object> cells(TableRecord row) {
    Map<String, Object> cells = new HashMap<>();
    collect(row.schema(), row, cells);
    return cells;
  }

  @SuppressWarnings("unchecked")
  private static <R> void collect(
      TableSchema<R> schema, TableRecord row, Map<String, Object> cells) {
    for (Column<R> column : schema.columns()) {
      cells.put(column.name(), column.value().apply((R) row));
    }
  }
}
