package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/ibsi.md against what is computed; {@code -Drtpipeline.docs=write} writes it. The
 * filters of IBSI 2 have a page of their own, docs/ibsi2.md.
 */
final class IbsiPageTest {

  private static final Path PAGE = Path.of("docs", "ibsi.md");
  private static final String MARK = "<!-- From here on written by IbsiPageTest. -->\n";
  private static final MathContext SHOWN = new MathContext(6);

  private final Map<IbsiCase, Map<String, Double>> values = new EnumMap<>(IbsiCase.class);
  private final Map<IbsiCase, List<IbsiReference>> references = new EnumMap<>(IbsiCase.class);

  @Test
  void thePageHoldsEveryReferenceValueAndWhatIsComputed() throws IOException {
    for (IbsiCase one : IbsiCase.values()) {
      references.put(one, IbsiReference.shared(one));
      values.put(one, one.computed());
    }
    String page = Files.readString(PAGE);
    assertThat(page).contains(MARK);
    String written =
        page.substring(0, page.indexOf(MARK) + MARK.length())
            + totals()
            + failing()
            + Arrays.stream(IbsiCase.values()).map(this::table).collect(Collectors.joining())
            + columns();
    if ("write".equals(System.getProperty("rtpipeline.docs"))) {
      Files.writeString(PAGE, written);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(written);
  }

  private String totals() {
    StringBuilder text =
        new StringBuilder("\n## Totals\n\n")
            .append("| case | values | with consensus | pass | fail | without consensus |\n")
            .append("|---|---|---|---|---|---|\n");
    for (IbsiCase one : IbsiCase.values()) {
      List<IbsiReference> all = references.get(one);
      long with = all.stream().filter(row -> row.value() != null).count();
      long fail = all.stream().filter(row -> !holds(one, row)).count();
      text.append(
          line(
              title(one),
              all.isEmpty() ? values.get(one).size() : all.size(),
              with,
              with - fail,
              fail,
              all.isEmpty() ? "no table here" : String.valueOf(all.size() - with)));
    }
    return text.toString();
  }

  private boolean holds(IbsiCase one, IbsiReference row) {
    return row.holds(values.get(one).getOrDefault(row.key(), Double.NaN));
  }

  private String failing() {
    String rows =
        Arrays.stream(IbsiCase.values())
            .flatMap(
                one ->
                    references.get(one).stream()
                        .filter(row -> !holds(one, row))
                        .map(row -> "- " + title(one) + ": `" + row.key() + "`\n"))
            .collect(Collectors.joining());
    return "\n## Failing\n\n" + (rows.isEmpty() ? "None.\n" : rows);
  }

  private static String title(IbsiCase one) {
    return one == IbsiCase.DIGITAL ? "digital phantom" : "configuration " + one;
  }

  private String table(IbsiCase one) {
    StringBuilder text = new StringBuilder("\n## ").append(heading(one)).append("\n\n");
    List<IbsiReference> rows = references.get(one);
    text.append("| feature | id | aggregation | value | consensus | tolerance | |\n")
        .append("|---|---|---|---|---|---|---|\n");
    if (rows.isEmpty()) {
      values
          .get(one)
          .forEach(
              (key, value) -> {
                String feature = key.replaceFirst(" .*", "");
                String label = key.equals(feature) ? "" : key.substring(feature.length() + 1);
                text.append(line(feature, id(feature), with(label), shown(value), "", "", ""));
              });
      return text.toString();
    }
    for (IbsiReference row : rows) {
      Double value = values.get(one).get(row.key());
      BigDecimal expected = row.value();
      text.append(
          line(
              row.feature(),
              id(row.feature()),
              with(row.aggregation()),
              value == null ? "" : shown(value),
              expected == null ? "none" : expected.toPlainString(),
              expected == null
                  ? ""
                  : BigDecimal.valueOf(row.tolerance()).stripTrailingZeros().toPlainString(),
              expected == null ? "" : holds(one, row) ? "pass" : "**fail**"));
    }
    return text.toString();
  }

  private static String heading(IbsiCase one) {
    String title = title(one);
    return title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }

  private static String id(String feature) {
    return Arrays.stream(IbsiFeature.values())
        .filter(one -> one.tag().equals(feature))
        .map(IbsiFeature::ibsiId)
        .findFirst()
        .orElse("");
  }

  /** Aggregation with its id. */
  private static String with(String label) {
    return Arrays.stream(Aggregation.values())
        .filter(one -> one.label().equals(label))
        .map(one -> label + " " + one.ibsiId())
        .findFirst()
        .orElse("");
  }

  private static String shown(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(SHOWN).stripTrailingZeros().toPlainString()
        : "not defined";
  }

  private static String columns() {
    StringBuilder text =
        new StringBuilder("\n## Features\n\n")
            .append("Columns are the tag, and the aggregation where a family has matrices.\n\n")
            .append("| tag | id | family | family id | feature |\n|---|---|---|---|---|\n");
    for (IbsiFeature one : IbsiFeature.values()) {
      IbsiFamily family = one.family();
      text.append(
          line(
              one.tag(),
              one.ibsiId(),
              family.name().toLowerCase(Locale.ROOT).replace('_', ' '),
              family.ibsiId(),
              one.meaning()));
    }
    text.append("\n## Columns of the mode pyradiomics\n\n")
        .append(
            "After the name of the image, as original_ or wavelet-HHL_. Without id: the manual ")
        .append("does not know the feature, or defines it otherwise.\n\n")
        .append("| column | id |\n|---|---|\n");
    for (FeatureClass family : FeatureClass.values()) {
      for (String name : FeatureNames.of(family)) {
        text.append(line(family.label() + "_" + name, IbsiIds.of(family, name).orElse("none")));
      }
    }
    text.append("\nDeprecated columns, which only a file of parameters that names them has:\n\n")
        .append("| column | id |\n|---|---|\n");
    for (FeatureClass family : FeatureClass.values()) {
      for (String name : DeprecatedFeatures.of(family)) {
        text.append(line(family.label() + "_" + name, IbsiIds.of(family, name).orElse("none")));
      }
      for (String name : DeprecatedFeatures.withoutNumber(family)) {
        text.append(line(family.label() + "_" + name, "taken, but without a number"));
      }
    }
    return text.toString();
  }

  private static String line(Object... cells) {
    return Arrays.stream(cells)
        .map(String::valueOf)
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
