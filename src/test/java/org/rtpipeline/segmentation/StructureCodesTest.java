package org.rtpipeline.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.model.StructureCode;

final class StructureCodesTest {

  @Test
  void aSideIsAModifier() {
    StructureCode kidney = StructureCodes.of("kidney_left");
    assertThat(kidney.type().value()).isEqualTo("64033007");
    assertThat(kidney.laterality()).isEqualTo(StructureCode.LEFT);
    assertThat(StructureCodes.of("rib_right_7").type().meaning()).isEqualTo("Seventh rib");
    assertThat(StructureCodes.of("rib_right_7").laterality()).isEqualTo(StructureCode.RIGHT);
    assertThat(StructureCodes.of("liver").laterality()).isNull();
  }

  @Test
  void aNameWithItsOwnCodeKeepsIt() {
    assertThat(StructureCodes.of("lung_middle_lobe_right").type().value()).isEqualTo("72481006");
    assertThat(StructureCodes.of("lung_middle_lobe_right").laterality()).isNull();
    assertThat(StructureCodes.of("kidney_cyst_left").category().value()).isEqualTo("49755003");
  }

  @Test
  void anUnknownNameIsTissue() {
    assertThat(StructureCodes.of("left_gizmo")).isEqualTo(StructureCode.TISSUE);
  }

  @Test
  void whatTheClassicalBackEndFindsHasTheSameCodes() {
    assertThat(ClassicalStructure.INSIDE)
        .allMatch(structure -> structure.code().equals(StructureCodes.of(structure.name())));
  }

  @Test
  void all117NamesOfTheTotalTaskAreKnown() throws IOException {
    List<String> lines =
        Files.readAllLines(
            SharedData.require("segmentation/totalsegmentator-reference/classes_total.csv"));
    assertThat(lines.subList(1, lines.size()))
        .hasSize(117)
        .map(line -> StructureCodes.of(line.substring(line.indexOf(',') + 1)))
        .doesNotContain(StructureCode.TISSUE);
  }
}
