package org.rtpipeline.radiomics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table of reference values of the IBSI.
 *
 * @param feature tag
 * @param aggregation label; empty for families without matrices
 * @param value consensus; null when there is none
 * @param tolerance largest difference that passes
 */
record IbsiReference(
    String feature, String aggregation, @Nullable BigDecimal value, double tolerance) {

  /** Digits that a computed value is rounded to, or as many as the consensus has. */
  private static final int DIGITS = 3;

  /** Guards the comparison against the rounding of decimal fractions. */
  private static final double RELATIVE = 1e-9;

  /** The key of the value in {@link IbsiCase#computed()}. */
  String key() {
    return aggregation.isEmpty() ? feature : feature + " " + aggregation;
  }

  /**
   * The rule of the initiative: rounded to three digits (to those of the consensus where it has
   * more, such as counts), at most the tolerance apart.
   */
  boolean holds(double computed) {
    if (value == null || !Double.isFinite(computed)) {
      return value == null;
    }
    int digits = Math.max(DIGITS, value.stripTrailingZeros().precision());
    double rounded = new BigDecimal(computed).round(new MathContext(digits)).doubleValue();
    double expected = value.doubleValue();
    double slack = RELATIVE * Math.max(tolerance, Math.abs(expected));
    return Math.abs(rounded - expected) <= tolerance + slack;
  }

  /** The tables of the phantoms, when this machine has them. */
  static List<IbsiReference> shared(IbsiCase of) {
    String name =
        of == IbsiCase.DIGITAL
            ? "reference_digital_phantom.csv"
            : "reference_config_" + of + ".csv";
    Path file = ReferenceCases.folder().resolve("ibsi1").resolve(name);
    return Files.exists(file) ? read(file, 4) : List.of();
  }

  /** The table of the digital phantom in this repository. */
  static List<IbsiReference> digital() {
    return read(Path.of("src/test/resources/golden/ibsi_digital_phantom.csv"), 2);
  }

  private static List<IbsiReference> read(Path file, int valueAt) {
    try {
      List<IbsiReference> rows = new ArrayList<>();
      for (String line : Files.readAllLines(file)) {
        List<String> cells = List.of(line.split(",", -1));
        if (line.startsWith("#") || line.startsWith("feature,")) {
          continue;
        }
        String value = cells.get(valueAt);
        String tolerance = cells.get(valueAt + 1);
        rows.add(
            new IbsiReference(
                cells.get(0),
                cells.get(valueAt == 2 ? 1 : 2),
                value.isEmpty() ? null : new BigDecimal(value),
                tolerance.isEmpty() ? 0 : Double.parseDouble(tolerance)));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
