package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvenBinsTest {

  @ParameterizedTest
  @CsvSource({"0, 0.01", "2, 0.01", "70.004, 0.01", "199.999, 0.01", "200.5, 0.02", "4000, 0.2"})
  void binsAreAHundredthOfAGrayUnlessThereWereTooMany(double maxGy, double widthGy) {
    EvenBins bins = EvenBins.of(falling(maxGy));

    assertThat(bins.widthGy()).isEqualTo(widthGy);
    assertThat(bins.atLeastCm3().size()).isLessThanOrEqualTo(20_002);
    assertThat(bins.atLeastCm3().get(0)).isEqualTo(8.0);
    assertThat(bins.atLeastCm3().get(bins.atLeastCm3().size() - 1)).isEqualTo(0.0);
    assertThat(bins.widthGy() * (bins.atLeastCm3().size() - 1)).isGreaterThan(maxGy);
  }

  @Test
  void everyVolumeIsThatOfTheCurveAtTheLowerEdge() {
    DoseVolumeCurve curve = falling(20);
    List<Double> volumes = EvenBins.of(curve).atLeastCm3();

    List<Double> expected = new ArrayList<>();
    for (int b = 0; b < volumes.size(); b++) {
      expected.add(curve.volumeAtLeastCm3(b / 100.0));
    }
    assertThat(volumes).isEqualTo(expected);
    assertThat(volumes.get(500)).isCloseTo(6, within(1e-12));
  }

  /** 8 cm³ that receive every dose up to a highest one alike. */
  private static DoseVolumeCurve falling(double maxGy) {
    return new DoseVolumeCurve(0, Math.max(maxGy, 1e-9), new double[] {0, 8}, 0, maxGy);
  }
}
