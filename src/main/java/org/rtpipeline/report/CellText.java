package org.rtpipeline.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The text of a cell. Text from outside can never be read as a formula. */
final class CellText {

  private static final String STARTS_A_FORMULA = "=+-@\t\r";
  private static final String LIST_SEPARATOR = ";";
  private static final int DIGITS_TO_DOUBT = 17;

  private CellText() {}

  /** The cell in a csv file: empty for none, text guarded by an apostrophe. */
  static String csv(@Nullable Object cell) {
    if (cell == null) {
      return "";
    }
    return cell instanceof Number || cell instanceof Boolean ? plain(cell) : guarded(plain(cell));
  }

  /** The cell as text without a guard: lists joined by a semicolon, numbers in shortest form. */
  static String plain(Object cell) {
    if (cell instanceof Double number) {
      return number(number);
    }
    if (cell instanceof List<?> list) {
      return joined(list, LIST_SEPARATOR);
    }
    return cell.toString();
  }

  /** A list as one text; null for no list and for an empty one. */
  static @Nullable String joinedOrNull(@Nullable Object cell, String between) {
    return cell instanceof List<?> list && !list.isEmpty() ? joined(list, between) : null;
  }

  private static String joined(List<?> list, String between) {
    return list.stream()
        .map(element -> element == null ? "" : plain(element))
        .collect(Collectors.joining(between));
  }

  /** The text with an apostrophe before a sign that a spreadsheet takes for a formula. */
  static String guarded(String text) {
    return !text.isEmpty() && STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  /** The shortest decimal that reads back as the same number. */
  static String number(double value) {
    String text = Double.toString(value);
    // Double.toString of Java 17 sometimes gives a digit too many.
    if (text.length() > DIGITS_TO_DOUBT) {
      text = shorter(value, text);
    }
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String shorter(double value, String text) {
    BigDecimal exact = new BigDecimal(text);
    BigDecimal rounded = exact.round(new MathContext(Math.max(1, exact.precision() - 1)));
    return rounded.doubleValue() == value
        ? Double.toString(rounded.doubleValue()).length() < rounded.toString().length()
            ? text
            : rounded.toString()
        : text;
  }
}
