package org.rtpipeline.dicom;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Writes numbers as decimal strings (DS; PS3.5 6.2): at most 16 characters. */
final class DecimalFormatter {
  /** Longest DS value, characters. */
  static final int MAX_LENGTH = 16;

  private DecimalFormatter() {}

  /** The text of at most 16 characters that is nearest to the number. */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a decimal string is finite, got " + value);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    BigDecimal exact = new BigDecimal(Double.toString(value));
    for (int digits = 17; digits > 0; digits--) {
      BigDecimal rounded =
          exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)).stripTrailingZeros();
      String plain = rounded.toPlainString();
      if (plain.length() <= MAX_LENGTH) {
        return plain;
      }
      String scientific = scientific(rounded);
      if (scientific.length() <= MAX_LENGTH) {
        return scientific;
      }
    }
    throw new IllegalStateException("no decimal string for " + value);
  }

  private static String scientific(BigDecimal value) {
    String digits = value.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - value.scale();
    String sign = value.signum() < 0 ? "-" : "";
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    return sign + digits.charAt(0) + fraction + "E" + exponent;
  }
}
