package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Holds the tables of docs/ibsi2.md against what is computed; {@code -Drtpipeline.docs=write}
 * writes them.
 */
final class IbsiTwoPageTest {

  private static final Path PAGE = Path.of("docs", "ibsi2.md");
  private static final String MARK = "<!-- The tables below are written by IbsiTwoPageTest. -->\n";

  @Test
  void thePageHoldsWhatIsComputed() throws IOException {
    List<IbsiTwoResults.MapResult> maps = IbsiTwoResults.maps();
    List<IbsiTwoResults.Value> values = IbsiTwoResults.values();
    String page = Files.readString(PAGE);
    String written =
        page.substring(0, page.indexOf(MARK) + MARK.length()) + maps(maps) + values(values);
    if ("write".equals(System.getProperty("rtpipeline.docs"))) {
      Files.writeString(PAGE, written);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(written);
  }

  private static String maps(List<IbsiTwoResults.MapResult> maps) {
    long passed = maps.stream().filter(IbsiTwoResults.MapResult::passes).count();
    StringBuilder text =
        new StringBuilder("\n## Response maps\n\n")
            .append(passed + " of " + maps.size() + " pass.\n\n")
            .append(
                "| map | phantom | greatest difference | tolerance | |\n|---|---|---|---|---|\n");
    for (IbsiTwoResults.MapResult map : maps) {
      text.append(
          line(
              "| %s | %s | %.1e | %.2e | %s |",
              map.name(), map.phantom(), map.apart(), map.tolerance(), verdict(map.passes())));
    }
    return text.toString();
  }

  private static String values(List<IbsiTwoResults.Value> values) {
    long passed = values.stream().filter(IbsiTwoResults.Value::passes).count();
    long without = values.stream().filter(value -> !value.hasConsensus()).count();
    StringBuilder text =
        new StringBuilder("\n## Statistics of responses\n\n")
            .append(passed + " of " + (values.size() - without) + " pass; ")
            .append(without + " has no consensus.\n\n")
            .append("| filter | statistic | value | consensus | tolerance | |\n")
            .append("|---|---|---|---|---|---|\n");
    for (IbsiTwoResults.Value value : values) {
      text.append(
          line(
              "| %s | %s | %.5g | %s | %s | %s |",
              value.filter(),
              value.feature(),
              value.value(),
              value.hasConsensus() ? plain(value.consensus()) : "none",
              value.hasConsensus() ? plain(value.tolerance()) : "none",
              value.hasConsensus() ? verdict(value.passes()) : ""));
    }
    return text.toString();
  }

  private static String plain(double value) {
    String text = Double.toString(value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String verdict(boolean passes) {
    return passes ? "pass" : "**fail**";
  }

  private static String line(String format, Object... cells) {
    return String.format(Locale.ROOT, format, cells) + "\n";
  }
}
