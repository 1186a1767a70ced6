package org.rtpipeline.structures;

import java.util.Locale;

/** The spelling under which names are the same whatever their case, blanks and separators. */
final class NormalName {

  /** Signs with a meaning of their own in TG-263 ({@code ~}, {@code ^}, {@code !}) are kept. */
  private static final String SEPARATORS = "_-.,:;/\\()[]{}'\"";

  private NormalName() {}

  /** The letters, digits and meaningful signs of a name, in lower case; may be empty. */
  static String of(String name) {
    StringBuilder kept = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(c -> !Character.isWhitespace(c) && c != 0xA0 && SEPARATORS.indexOf(c) < 0)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }
}
