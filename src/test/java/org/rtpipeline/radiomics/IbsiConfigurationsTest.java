package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds the consensus values of the CT phantom (IBSI 1, chapter 5.2), diagnostics of each step of
 * processing included.
 */
final class IbsiConfigurationsTest {

  @ParameterizedTest
  @EnumSource(IbsiCase.class)
  void allValuesAreWithinTheirTolerance(IbsiCase configuration) {
    List<IbsiReference> references = IbsiReference.shared(configuration);
    Assumptions.assumeFalse(
        references.isEmpty(), "skipped: no reference values of " + configuration);
    Map<String, Double> values = configuration.computed();

    assertThat(references).allMatch(reference -> values.containsKey(reference.key()));
    assertThat(references)
        .filteredOn(reference -> !reference.holds(values.get(reference.key())))
        .isEmpty();
  }
}
