package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds every consensus value of the digital phantom (IBSI 1, chapter 5.1). */
final class IbsiPhantomTest {

  private static final int REFERENCE_VALUES = 482;

  private static final GridSize SIZE = new GridSize(5, 4, 4, 2, 2, 2);

  /** Intensities of the phantom, x fastest, then y, then z. */
  private static final String INTENSITIES =
      "14411 14611 41641 44641 14411 11611 11311 44611"
          + " 14411 11111 11911 11611 14411 11111 11111 11611";

  private static final String MASK =
      "11111 11111 11111 11111 11111 11111 01111 11111"
          + " 11100 11111 11011 11111 11100 11111 11111 11111";

  @Test
  void allValuesAreWithinTheirTolerance() {
    Map<String, Double> values = IbsiCase.byKey(features());
    List<IbsiReference> references = IbsiReference.digital();

    assertThat(references).hasSize(REFERENCE_VALUES);
    assertThat(references).allMatch(reference -> values.containsKey(reference.key()));
    assertThat(references)
        .filteredOn(reference -> !reference.holds(values.get(reference.key())))
        .isEmpty();
  }

  @Test
  void everyFeatureOfTheManualIsComputed() {
    assertThat(features().values().stream().map(IbsiValue::feature).distinct())
        .containsExactlyInAnyOrder(IbsiFeature.values());
  }

  private static IbsiFeatures features() {
    byte[] mask = new byte[SIZE.voxels()];
    double[] values = digits(INTENSITIES);
    double[] inside = digits(MASK);
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) inside[i];
    }
    return new IbsiExtractor(IbsiCase.DIGITAL.options()).of(Raster.of(SIZE, values), mask);
  }

  private static double[] digits(String rows) {
    return rows.replace(" ", "").chars().mapToDouble(c -> c - '0').toArray();
  }
}
