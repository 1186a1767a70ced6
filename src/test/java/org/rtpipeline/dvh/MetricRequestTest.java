package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;

final class MetricRequestTest {

  private static final RowHead HEAD =
      new RowHead(new CourseId("c"), "P", "2024-03", "key", Outcome.Kind.DONE, List.of());
  private static final RoiName CORD = new RoiName(1, "Spinal Cord", "ORGAN", false);
  private static final DvhSource SOURCE =
      new DvhSource(
          new DvhSource.Structures("1", "", "Manual", "SAME_COURSE", "", List.of()),
          new DvhSource.Dose("2", "SINGLE_DOSE", "", null, List.of(), List.of(), List.of()),
          new DvhSource.PrescribedDose(50.0, "plan"),
          DvhOptions.DEFAULT);
  private static final ConstraintSet SET =
      ConstraintSet.parse(
          "site",
          List.of(
              "Cord ; spinal cord ; Max[Gy] ; <= ; 50 ; a ; b",
              "Lung ; lung ; V20Gy[%] ; <= ; 30 ; c ; d"));

  private static MetricRequest request(String metric, String... ratios) {
    return new MetricRequest(
        List.of(DvhMetric.parse(metric)),
        List.of(SET),
        List.of(ratios).stream().map(AlphaBeta::parse).toList());
  }

  @Test
  void everyMetricAndEveryConstraintAboutTheRegionIsARow() {
    RoiDoseVolume volume =
        new DoseVolumeCalculator(Shapes.linearDose(new Point(0, 0, 1), 2), DvhOptions.DEFAULT)
            .of(Shapes.named("cord", Shapes.box(10, 10, 12, 3)), 3);
    List<TableRecord> rows =
        request("Max[BED]", "parotid = 3", "SPINAL.* = 2", ".* = 10")
            .rows(HEAD, CORD, SOURCE, new DvhSource.Fractions(23, "plan"), volume, null);
    assertThat(rows).hasSize(2);
    assertThat(((DvhMetricRow) rows.get(0)).value().unit()).isEqualTo("BED(2)");
    assertThat(((DvhConstraintRow) rows.get(1)).constraint().structure()).isEqualTo("Cord");
  }

  @Test
  void regionThatWasNotComputedHasTheSameRowsWithAReason() {
    List<TableRecord> rows = request("Mean").notComputed(HEAD, CORD, SOURCE, "no contour");
    assertThat(rows).hasSize(2);
    assertThat(((DvhMetricRow) rows.get(0)).value())
        .isEqualTo(new MetricValue(null, "Gy", "no contour"));
    DvhConstraintRow judged = (DvhConstraintRow) rows.get(1);
    assertThat(judged.constraint().judge(judged.value()))
        .isEqualTo(DoseConstraint.Verdict.NOT_EVALUATED);
  }

  @Test
  void constraintsCanBeLeftOut() {
    assertThat(request("Mean").unjudged().notComputed(HEAD, CORD, SOURCE, "no contour"))
        .singleElement()
        .isInstanceOf(DvhMetricRow.class);
  }

  @Test
  void metricAskedForTwiceIsReadOnce() {
    List<DvhMetric> twice = List.of(DvhMetric.parse("V20"), DvhMetric.parse("V20Gy[%]"));
    assertThat(new MetricRequest(twice, List.of(), List.of()).metrics()).hasSize(1);
  }

  @Test
  void theWholeGridIsOnlyNeededForMetricsOfTheWholeDose() {
    assertThat(MetricRequest.NONE.needsEverything()).isFalse();
    assertThat(request("HI").needsEverything()).isFalse();
    assertThat(request("GI").needsEverything()).isTrue();
  }

  @Test
  void everythingThatDecidesTheRowsIsInTheText() {
    assertThat(request("Mean", "lung = 4").text())
        .containsExactly(
            "Mean[Gy]",
            "site;Cord;spinal cord;Max[Gy] <= 50.0;a;b",
            "site;Lung;lung;V20Gy[%] <= 30.0;c;d",
            "lung = 4.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cord", "cord = x", "cord = 0", "cord = -2", "cord = Infinity", "( = 2"})
  void ratioThatIsNoneIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AlphaBeta.parse(text));
  }
}
