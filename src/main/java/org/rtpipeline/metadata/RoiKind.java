package org.rtpipeline.metadata;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.rtpipeline.model.Roi;

/**
 * What an ROI is for: by its interpreted type (3006,00A4) where it has one, else by whole words of
 * its name. A word ends where letters end; the lower-case endings of TG-263 (Mayo et al. 2018), as
 * in {@code PTVn}, belong to it.
 */
public enum RoiKind {
  /** Planning target volume. */
  PTV,
  /** Clinical target volume. */
  CTV,
  /** Gross or internal target volume. */
  OTHER_TARGET,
  /** Organ at risk. */
  ORGAN,
  /** Outline of the body, couch, bolus, marker and the like. */
  OTHER;

  private static final Set<String> ORGANS = Set.of("ORGAN", "AVOIDANCE");
  private static final Set<String> GROSS = Set.of("GTV", "ITV");
  private static final Pattern NO_ORGAN =
      word("BODY|EXTERNAL|OUTLINE|COUCH|SUPPORT|BOLUS|MARKER|ISO|ISOCENT(?:ER|RE)|RING|DOSE");

  private static Pattern word(String words) {
    return Pattern.compile(
        "(?<![a-z])(?:" + words + ")(?:p|n|pn|sb|par|v|vas)?(?![a-z])", Pattern.CASE_INSENSITIVE);
  }

  private static final List<Named> TARGETS =
      List.of(
          new Named(word("PTV"), PTV),
          new Named(word("CTV"), CTV),
          new Named(word("GTV|ITV"), OTHER_TARGET),
          new Named(NO_ORGAN, OTHER));

  /** A word and what it makes of an ROI. */
  private record Named(Pattern pattern, RoiKind kind) {}

  /** What an ROI is for. */
  static RoiKind of(Roi roi) {
    String type = roi.interpretedType();
    if (type != null && !type.isBlank()) {
      String upper = type.toUpperCase(Locale.ROOT);
      if (upper.equals("PTV") || upper.equals("CTV")) {
        return valueOf(upper);
      }
      if (GROSS.contains(upper)) {
        return OTHER_TARGET;
      }
      return ORGANS.contains(upper) ? ORGAN : OTHER;
    }
    return TARGETS.stream()
        .filter(named -> named.pattern.matcher(roi.name()).find())
        .map(Named::kind)
        .findFirst()
        .orElse(ORGAN);
  }
}
