package org.rtpipeline.segmentation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names that planning systems take: short enough, and unique whatever the case. */
final class RoiNames {

  private RoiNames() {}

  /**
   * The names in the same order, each cut to a length; of those alike then, the later ones end in a
   * number.
   *
   * @param longest characters, at least 4; DICOM allows 64, some planning systems show 16
   */
  static List<String> unique(List<String> names, int longest) {
    Set<String> taken = new HashSet<>();
    List<String> unique = new ArrayList<>();
    for (String name : names) {
      String candidate = cut(name, longest);
      for (int n = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); n++) {
        String ending = "_" + n;
        candidate = cut(name, longest - ending.length()) + ending;
      }
      unique.add(candidate);
    }
    return unique;
  }

  private static String cut(String name, int longest) {
    int characters = Math.min(longest, name.codePointCount(0, name.length()));
    return name.substring(0, name.offsetByCodePoints(0, characters)).strip();
  }
}
