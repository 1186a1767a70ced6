package org.rtpipeline.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtpipeline.structures.NameMap.Layer;
import org.rtpipeline.structures.NameMap.Line;

final class NameMapTest {

  private static final NameMap MAP =
      NameMap.of(
          List.of(
              new Line(Layer.SITE, "rueckenmark", "SpinalCord", "", "site:1"),
              new Line(Layer.SITE, "lunge*li*", "Lung_L", "", "site:2"),
              new Line(Layer.SITE, "lunge links gesamt", "Lungs", "", "site:3"),
              new Line(Layer.COHORT, "Rueckenmark", "SpinalCord_PRV05", "", "cohort:1"),
              new Line(Layer.PATIENT, "rueckenmark", "Brainstem", "P7", "patient:1")));

  @Test
  void thePatientsLineComesBeforeThatOfTheCohortAndThatBeforeTheSites() {
    assertThat(MAP.of("Rueckenmark", "P7")).isEqualTo(new StandardName("Brainstem", "patient:1"));
    assertThat(MAP.of("RUECKEN-MARK", "P8"))
        .isEqualTo(new StandardName("SpinalCord_PRV05", "cohort:1"));
  }

  @Test
  void exactLinesComeBeforePatterns() {
    assertThat(MAP.of("Lunge_links", "P1").rule()).isEqualTo("site:2");
    assertThat(MAP.of("Lunge links gesamt", "P1").rule()).isEqualTo("site:3");
  }

  @Test
  void standardNamesStayAndUnknownOnesHaveNone() {
    assertThat(MAP.of("Lung_L", "P1")).isEqualTo(new StandardName("Lung_L", "standard"));
    assertThat(MAP.of("Couch", "P1").isKnown()).isFalse();
    assertThat(NameMap.of(List.of()).isEmpty()).isTrue();
  }

  @Test
  void linesThatNameNothingAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Line(Layer.SITE, "a", "Spinal Cord", "", "site:4"))
        .withMessageContaining("site:4: Spinal Cord is no TG-263 name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Line(Layer.SITE, " _ ", "SpinalCord", "", "site:5"))
        .withMessageContaining("empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Line(Layer.PATIENT, "a", "SpinalCord", "", "patient:5"))
        .withMessageContaining("PATIENT");
  }
}
