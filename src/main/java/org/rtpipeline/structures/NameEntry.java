package org.rtpipeline.structures;

import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One line of a name map.
 *
 * @param patientId patient it is for; empty for all
 * @param standardName name to use; of an expression, {@code $1} stands for its first group
 * @param roiName name of regions, or a regular expression between slashes
 * @param line line of the file, from 1
 */
record NameEntry(String patientId, String standardName, String roiName, int line)
    implements Serializable {

  private static final int LONGEST = 64;
  private static final Pattern STANDARD = Pattern.compile("[\\p{L}\\p{N}_~^!+.-]+");
  private static final Pattern STANDARD_OF_GROUPS =
      Pattern.compile("(?:[\\p{L}\\p{N}_~^!+.-]|\\$\\d)+");
  private static final Pattern GROUP = Pattern.compile("\\$(\\d)");

  /** Refuses names that no planning system could hold, and expressions that are none. */
  NameEntry {
    if (roiName.isBlank()) {
      throw new IllegalArgumentException("no ROI name for " + standardName);
    }
    boolean expression = isExpression(roiName);
    Pattern allowed = expression ? STANDARD_OF_GROUPS : STANDARD;
    if (!allowed.matcher(standardName).matches() || standardName.length() > LONGEST) {
      throw new IllegalArgumentException(
          "\""
              + standardName
              + "\" is no standard name, expected letters, digits and _ ~ - ^ ! + . without blanks");
    }
    if (expression) {
      checkGroups(compiled(roiName), standardName);
    }
  }

  private static void checkGroups(Pattern pattern, String standardName) {
    int groups = pattern.matcher("").groupCount();
    Matcher asked = GROUP.matcher(standardName);
    while (asked.find()) {
      if (Integer.parseInt(asked.group(1)) > groups) {
        throw new IllegalArgumentException(
            standardName + " asks for group " + asked.group(1) + " of " + groups);
      }
    }
  }

  private static boolean isExpression(String roiName) {
    return roiName.length() > 2 && roiName.startsWith("/") && roiName.endsWith("/");
  }

  private static Pattern compiled(String roiName) {
    try {
      return Pattern.compile(
          roiName.substring(1, roiName.length() - 1),
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          roiName + " is no regular expression: " + e.getDescription(), e);
    }
  }

  /** Whether the ROI name is a regular expression. */
  boolean isExpression() {
    return isExpression(roiName);
  }

  /** The expression. */
  Pattern pattern() {
    return compiled(roiName);
  }
}
