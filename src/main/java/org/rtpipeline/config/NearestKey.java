package org.rtpipeline.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.rtpipeline.model.EditDistance;

/** Finds the key a person most likely meant. */
final class NearestKey {
  private NearestKey() {}

  /**
   * The known key with the fewest typing errors to the given one, the first of the alphabet when
   * several are as near.
   *
   * @param key as it was typed, a path with dots
   * @param known at least one path
   */
  static String of(String key, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt((String k) -> misfit(plain(key), plain(k)))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /** Edits from one path to the other; the last word alone counts when the section is wrong. */
  private static int misfit(String typed, String known) {
    int whole = EditDistance.between(typed, known);
    int lastWord = EditDistance.between(lastWord(typed), lastWord(known)) + 2;
    return Math.min(whole, lastWord);
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String lastWord(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }
}
