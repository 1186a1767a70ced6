package org.rtpipeline.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

final class RoiKindTest {

  private static Roi roi(String name, @Nullable String type) {
    return new Roi(1, name, type, null, null, List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "PTV, PTV",
    "PTV_High, PTV",
    "zPTV70, ORGAN",
    "ptv 70 boost, PTV",
    "PTVn, PTV",
    "PTVp01, PTV",
    "CTV60, CTV",
    "GTV, OTHER_TARGET",
    "ITV_lung, OTHER_TARGET",
    "Rectum, ORGAN",
    "Captvity, ORGAN",
    "BODY, OTHER",
    "Couch outer, OTHER",
    "Isolated node, ORGAN"
  })
  void namesAreReadByWholeWords(String name, RoiKind kind) {
    assertThat(RoiKind.of(roi(name, null))).isEqualTo(kind);
    assertThat(RoiKind.of(roi(name, " "))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "Rectum minus PTV, ORGAN, ORGAN",
    "Any, PTV, PTV",
    "Any, ctv, CTV",
    "Any, GTV, OTHER_TARGET",
    "Any, AVOIDANCE, ORGAN",
    "PTV ring, CONTROL, OTHER",
    "Bowel, EXTERNAL, OTHER"
  })
  void theInterpretedTypeGoesBeforeTheName(String name, String type, RoiKind kind) {
    assertThat(RoiKind.of(roi(name, type))).isEqualTo(kind);
  }

  @Test
  void structureSetsAreCountedByKind() {
    CaseStructures structures =
        CaseStructures.of(
            new StructureSet(
                "1.2",
                "",
                null,
                null,
                List.of(roi("PTV", null), roi("CTV", null), roi("Heart", null), roi("Lung", null)),
                List.of()),
            "the only structure set of the course");
    assertThat(structures.names()).containsExactly("PTV", "CTV", "Heart", "Lung");
    assertThat(structures.count(RoiKind.PTV)).isEqualTo(1);
    assertThat(structures.count(RoiKind.ORGAN)).isEqualTo(2);
    assertThat(structures.count(RoiKind.OTHER)).isZero();
  }
}
