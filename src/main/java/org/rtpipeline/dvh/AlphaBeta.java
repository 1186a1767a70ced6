package org.rtpipeline.dvh;

import java.io.Serializable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Ratio of the linear to the quadratic part of the cell kill of a tissue.
 *
 * @param roiNames regular expression that matches names of its regions, upper or lower case
 * @param gy alpha/beta, Gy, over 0
 */
public record AlphaBeta(Pattern roiNames, double gy) implements Serializable {

  /** Refuses what is no ratio. */
  public AlphaBeta {
    if (!(gy > 0) || Double.isInfinite(gy)) {
      throw new IllegalArgumentException("alpha/beta must be over 0 Gy, got " + gy);
    }
  }

  /**
   * Reads an entry.
   *
   * @param text names and ratio, such as {@code spinal[_ ]?cord = 2}
   * @throws IllegalArgumentException when the text does not say that
   */
  public static AlphaBeta parse(String text) {
    int equals = text.lastIndexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(
          "alpha/beta \"" + text + "\" has no =, expected region names = ratio in Gy");
    }
    try {
      return new AlphaBeta(
          Pattern.compile(text.substring(0, equals).trim(), Pattern.CASE_INSENSITIVE),
          Double.parseDouble(text.substring(equals + 1).trim()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("alpha/beta \"" + text + "\" has no number", e);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "alpha/beta \"" + text + "\" has no usable region names", e);
    }
  }

  /** The entry as it is written. */
  public String text() {
    return roiNames.pattern() + " = " + gy;
  }

  /** True when the ratio is that of regions of a name. */
  boolean isAbout(String roiName) {
    return roiNames.matcher(roiName.trim()).matches();
  }
}
