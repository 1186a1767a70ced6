package org.rtpipeline.dicom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Reads decimal and integer strings (DS, IS; PS3.5 6.2) straight from their bytes. */
final class DecimalParser {
  private static final int MAX_EXACT_POWER = 22;
  private static final long MAX_EXACT_MANTISSA = 1L << 53;
  private static final double[] POWERS_OF_TEN = new double[MAX_EXACT_POWER + 1];

  static {
    double power = 1;
    for (int i = 0; i <= MAX_EXACT_POWER; i++) {
      POWERS_OF_TEN[i] = power;
      power *= 10;
    }
  }

  private DecimalParser() {}

  /**
   * One number for each backslash-separated component; NaN where a component is empty or not a
   * number. Empty bytes give no numbers.
   *
   * <p>Every number equals {@code Double.parseDouble} of its text: mantissas below 2⁵³ with a power
   * of ten up to 22 are exact in one rounding (Clinger 1990), all others are left to the JDK.
   */
  static double[] numbers(byte[] text) {
    int end = trimmedEnd(text, 0, text.length);
    if (end == 0) {
      return new double[0];
    }
    int count = 1;
    for (int i = 0; i < end; i++) {
      if (text[i] == '\\') {
        count++;
      }
    }
    double[] numbers = new double[count];
    int start = 0;
    int next = 0;
    for (int i = 0; i <= end; i++) {
      if (i == end || text[i] == '\\') {
        numbers[next++] = number(text, start, i);
        start = i + 1;
      }
    }
    return numbers;
  }

  /** The number spelled by the bytes from start (inclusive) to end (exclusive); NaN if none is. */
  static double number(byte[] text, int start, int end) {
    int last = trimmedEnd(text, start, end);
    int first = start;
    while (first < last && isPadding(text[first])) {
      first++;
    }
    int i = first;
    boolean negative = false;
    if (i < last && (text[i] == '-' || text[i] == '+')) {
      negative = text[i] == '-';
      i++;
    }
    long mantissa = 0;
    int digits = 0;
    int scale = 0;
    boolean exact = true;
    boolean afterPoint = false;
    for (; i < last; i++) {
      byte c = text[i];
      if (c == '.' && !afterPoint) {
        afterPoint = true;
      } else if (c >= '0' && c <= '9') {
        digits++;
        if (mantissa < MAX_EXACT_MANTISSA / 10 - 1) {
          mantissa = mantissa * 10 + (c - '0');
          scale -= afterPoint ? 1 : 0;
        } else {
          exact = false;
        }
      } else {
        break;
      }
    }
    if (digits == 0) {
      return Double.NaN;
    }
    if (i < last) {
      int exponentStart = i + 1;
      if ((text[i] != 'e' && text[i] != 'E') || !isExponent(text, exponentStart, last)) {
        return Double.NaN;
      }
      if (last - exponentStart > 4) {
        exact = false;
      } else {
        scale += exponent(text, exponentStart, last);
      }
    }
    if (!exact || Math.abs(scale) > MAX_EXACT_POWER) {
      return Double.parseDouble(new String(text, first, last - first, ISO_8859_1));
    }
    double magnitude =
        scale < 0 ? mantissa / POWERS_OF_TEN[-scale] : mantissa * POWERS_OF_TEN[scale];
    return negative ? -magnitude : magnitude;
  }

  private static boolean isExponent(byte[] text, int start, int end) {
    int i = start;
    if (i < end && (text[i] == '-' || text[i] == '+')) {
      i++;
    }
    if (i == end) {
      return false;
    }
    for (; i < end; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return false;
      }
    }
    return true;
  }

  private static int exponent(byte[] text, int start, int end) {
    int i = text[start] == '-' || text[start] == '+' ? start + 1 : start;
    int exponent = 0;
    for (; i < end; i++) {
      exponent = exponent * 10 + (text[i] - '0');
    }
    return text[start] == '-' ? -exponent : exponent;
  }

  private static int trimmedEnd(byte[] text, int start, int end) {
    int last = end;
    while (last > start && isPadding(text[last - 1])) {
      last--;
    }
    return last;
  }

  private static boolean isPadding(byte c) {
    return c == ' ' || c == 0 || c == '\n' || c == '\r' || c == '\t';
  }
}
