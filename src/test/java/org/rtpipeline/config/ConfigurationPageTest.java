package org.rtpipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/configuration.md against reference.conf; {@code -Drtpipeline.docs=write} writes it.
 */
final class ConfigurationPageTest {
  private static final Path PAGE = Path.of("docs", "configuration.md");
  private static final String MARK =
      "<!-- The table is written by ConfigurationPageTest from"
          + " src/main/resources/reference.conf. -->\n";

  @Test
  void everyKeySaysItsMeaningAndWhatItMayBe() {
    assertThat(keys())
        .allSatisfy(
            key -> assertThat(comment(key.getValue())).as(key.getKey()).contains("May be: "));
  }

  @Test
  void aKeyWithUnitInItsNameSaysTheUnit() {
    assertThat(keys())
        .filteredOn(key -> key.getKey().matches(".*-(gy|mm|cm3|seconds|days)"))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(comment(key.getValue())).as(key.getKey()).contains("Unit: "));
  }

  @Test
  void thePageListsEveryKeyAsTheReferenceHasIt() throws IOException {
    String page = Files.readString(PAGE);
    String written = page.substring(0, page.indexOf(MARK) + MARK.length()) + "\n" + table();
    if ("write".equals(System.getProperty("rtpipeline.docs"))) {
      Files.writeString(PAGE, written);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(written);
  }

  private static String table() {
    return keys().stream()
        .map(
            key ->
                "| `"
                    + key.getKey().substring("rtpipeline.".length())
                    + "` | `"
                    + key.getValue().render(ConfigRenderOptions.concise()).replace("\"\"", " ")
                    + "` | "
                    + comment(key.getValue())
                    + " |\n")
        .collect(Collectors.joining("", "| key | default | meaning |\n|---|---|---|\n", ""));
  }

  private static String comment(ConfigValue value) {
    return value.origin().comments().stream().map(String::strip).collect(Collectors.joining(" "));
  }

  /** In the order of the file, as it stands there: the environment of the build is left out. */
  private static List<Map.Entry<String, ConfigValue>> keys() {
    Config known = Sections.defaults();
    return known.entrySet().stream()
        .sorted(Comparator.comparingInt(key -> key.getValue().origin().lineNumber()))
        .toList();
  }
}
