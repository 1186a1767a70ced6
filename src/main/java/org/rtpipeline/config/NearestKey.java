package org.rtpipeline.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

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
    int whole = edits(typed, known);
    int lastWord = edits(lastWord(typed), lastWord(known)) + 2;
    return Math.min(whole, lastWord);
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String lastWord(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /**
   * Least number of letters inserted, removed, replaced or swapped with a neighbour.
   *
   * <p>Optimal string alignment, Damerau 1964.
   */
  static int edits(String a, String b) {
    int[][] least = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        int replaced = least[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        least[i][j] = Math.min(replaced, Math.min(least[i - 1][j], least[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
        }
      }
    }
    return least[a.length()][b.length()];
  }
}
