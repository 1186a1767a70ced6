package org.rtpipeline.qc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContrastReadingTest {

  private static SeenAnatomy densities(String organs) {
    Map<String, SeenAnatomy.Organ> seen = new TreeMap<>();
    for (String one : organs.split(", ", -1)) {
      String[] words = one.split(" ", -1);
      double hu = Double.parseDouble(words[1]);
      seen.put(words[0], new SeenAnatomy.Organ(100, hu, hu));
    }
    return new SeenAnatomy(seen);
  }

  @ParameterizedTest
  @CsvSource({
    "'aorta 42, liver 55', NATIVE, aorta 42",
    "'heart 38', NATIVE, heart 38",
    "'aorta 310, inferior_vena_cava 60', ARTERIAL, veins 60",
    "'aorta 280, liver 65', ARTERIAL, liver 65",
    "'aorta 300', ARTERIAL, over 250",
    "'aorta 150, inferior_vena_cava 145, liver 110', PORTAL_VENOUS, liver 110",
    "'aorta 215, portal_vein_and_splenic_vein 190, liver 120', PORTAL_VENOUS, liver 120",
    "'aorta 110, liver 95, urinary_bladder 400', LATE, urine 400",
    "'aorta 60, urinary_bladder 300', LATE, urine 300",
    "'aorta 85', UNKNOWN, neither below",
    "'aorta 45, liver 130', UNKNOWN, dense all the same",
    "'aorta 140', UNKNOWN, no liver",
    "'aorta 140, liver 70', UNKNOWN, liver 70 HU is below",
    "'aorta 220', UNKNOWN, do not tell",
    "'heart 260, liver 60', UNKNOWN, do not tell",
    "'liver 60', UNKNOWN, no aorta and no heart",
  })
  void thePhaseFollowsFromDensitiesOrStaysUnknownWithAReason(
      String organs, ContrastPhase phase, String reason) {
    ContrastReading reading = ContrastReading.of(densities(organs));
    assertThat(reading.phase()).isEqualTo(phase);
    assertThat(reading.reason()).contains(reason);
  }
}
