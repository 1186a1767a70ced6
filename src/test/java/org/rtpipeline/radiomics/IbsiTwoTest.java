package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Holds the convolutional filters against the consensus of IBSI 2. */
final class IbsiTwoTest {

  @Test
  void allResponseMapsLieWithinOneHundredthOfTheRange() {
    assertThat(IbsiTwoResults.maps())
        .hasSize(33)
        .allSatisfy(map -> assertThat(map.passes()).as(map.name()).isTrue());
  }

  @Test
  void allStatisticsThatHaveAConsensusLieWithinItsTolerance() {
    assertThat(IbsiTwoResults.values())
        .hasSize(324)
        .filteredOn(IbsiTwoResults.Value::hasConsensus)
        .hasSize(323)
        .allSatisfy(value -> assertThat(value.passes()).as(value.toString()).isTrue());
  }
}
