package org.rtpipeline.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtpipeline.yaml.YamlText.Mapping;
import org.rtpipeline.yaml.YamlText.Scalar;
import org.rtpipeline.yaml.YamlText.Sequence;

final class YamlTextTest {

  @Test
  void listsOfMappingsKeepTheirLines() {
    Mapping root =
        YamlText.read(
            """
            # rings
            custom_structures:
              - name: "PTV ring"   # a word with a blank
                source_structures: [PTV, 'Lung, left']
                margin: {anterior_mm: 5}
              - name: Cord
            """);

    Sequence list = (Sequence) root.get("custom_structures").orElseThrow();
    Mapping first = (Mapping) list.items().get(0);
    assertThat(first.line()).isEqualTo(3);
    assertThat(first.text("name")).contains("PTV ring");
    assertThat(((Sequence) first.get("source_structures").orElseThrow()).scalars())
        .extracting(Scalar::text)
        .isEqualTo(List.of("PTV", "Lung, left"));
    assertThat(((Mapping) first.get("margin").orElseThrow()).text("anterior_mm")).contains("5");
    assertThat(list.items().get(1).line()).isEqualTo(6);
  }

  @Test
  void nothingIsAnEmptyValue() {
    Mapping root = YamlText.read("a:\nb: null\nc: ~\nd: 'null'\n");

    assertThat(root.text("a")).isEmpty();
    assertThat(root.text("b")).isEmpty();
    assertThat(root.text("c")).isEmpty();
    assertThat(root.text("d")).contains("null");
    assertThat(YamlText.read("").entries()).isEmpty();
  }

  @Test
  void whatIsNoMappingIsRefusedWithItsLine() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YamlText.read("a: 1\na: 2\n"))
        .withMessage("line 2: a comes twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YamlText.read("- 1\n"))
        .withMessage("line 1: expected a key and a colon");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YamlText.read("a: 1\nb: [1, 2\nc: 3\n"))
        .withMessageStartingWith("line 3: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> YamlText.read("? [1]\n: 2\n"))
        .withMessage("line 1: expected a word as key");
  }
}
