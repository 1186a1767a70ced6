package org.rtpipeline.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DerivedStructuresTest {

  @Test
  void entriesOfTheKnownGrammarAreRead() {
    DerivedStructures read =
        DerivedStructures.read(
            """
            custom_structures:
              - name: "PTV_5mm"
                operation: "union"
                source_structures: ["PTV"]
                margin: 5
                description: "PTV with 5 mm"
              - name: GTV_asymmetric
                source_structures:
                  - GTV
                margin:
                  uniform_mm: 4
                  anterior_mm: 10
                  inferior_mm: -2
            """);

    assertThat(read.all())
        .containsExactly(
            new DerivedStructure(
                "PTV_5mm",
                SetRule.UNION,
                List.of("PTV"),
                new DerivedStructure.Move(Margin.uniform(5)),
                "PTV with 5 mm"),
            new DerivedStructure(
                "GTV_asymmetric",
                SetRule.UNION,
                List.of("GTV"),
                new DerivedStructure.Move(new Margin(10, 4, 4, 4, 4, -2)),
                ""));
  }

  @Test
  void everyProblemIsNamedWithItsLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DerivedStructures.read(
                    """
                    custom_structures:
                      - name: A
                        operation: cut
                        source_structures: [X]
                      - name: B
                        source_structures: [X]
                        margin: {front_mm: 3, left_mm: wide}
                      - name: B
                        source_structures: []
                      - name: C
                        source_structures: [X]
                        ring: {inner_mm: 5, outer_mm: 2}
                        colour: red
                      - word
                    other: 1
                    """))
        .withMessageContainingAll(
            "line 15: other is not known",
            "line 3: operation is cut, expected union, intersection, subtract or xor",
            "line 7: front_mm is not known",
            "line 7: left_mm is wide, expected a number of mm",
            "line 8: two structures have the name B",
            "line 12: inner_mm is 5.0, expected less than outer_mm 2.0",
            "line 13: colour is not known",
            "line 14: expected an entry");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DerivedStructures.read("structures: []\n"))
        .withMessageContaining("expected a list custom_structures");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DerivedStructures.read(
                    "custom_structures:\n  - {name: A, source_structures: [B], margin: 900}\n"))
        .withMessageContaining("900.0 mm, expected at most 200");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DerivedStructures.read("custom_structures:\n  - name: A\n"))
        .withMessageContaining("A has no source_structures");
  }

  @Test
  void structuresMadeOfOneAnotherAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DerivedStructures.read(
                    """
                    custom_structures:
                      - {name: A, source_structures: [B]}
                      - {name: B, source_structures: [A]}
                    """))
        .withMessage("these structures are made of one another: A, B");
  }

  @Test
  void aStructureMayBeMadeOfOneOfTheCourseWithItsOwnName() {
    assertThat(
            DerivedStructures.read("custom_structures:\n  - {name: A, source_structures: [A]}\n")
                .all())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pelvic", "thorax", "stopstorm"})
  void shippedTemplatesAreRead(String name) throws IOException {
    String yaml = Files.readString(Path.of("conf", "structures", name + ".yaml"));

    assertThat(DerivedStructures.read(yaml).all()).hasSizeGreaterThan(4);
  }
}
