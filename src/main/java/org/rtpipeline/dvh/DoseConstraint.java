package org.rtpipeline.dvh;

import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a metric of a structure must not pass.
 *
 * @param structure name of the structure in the set
 * @param roiNames regular expression that matches names of its regions, upper or lower case
 * @param metric what is read
 * @param bound on which side the limit lies
 * @param limit the limit, in the unit of the metric
 * @param endpoint what it protects from, with its rate
 * @param source where it is published
 */
public record DoseConstraint(
    String structure,
    Pattern roiNames,
    DvhMetric metric,
    Bound bound,
    double limit,
    String endpoint,
    String source)
    implements Serializable {

  private static final int FIELDS = 7;

  /** On which side a limit lies. */
  public enum Bound {
    /** The metric is at most the limit. */
    AT_MOST,
    /** The metric is at least the limit. */
    AT_LEAST
  }

  /** What became of a constraint. */
  public enum Verdict {
    /** It holds. */
    PASS,
    /** It does not hold. */
    FAIL,
    /** The metric has no value, so nothing can be said. */
    NOT_EVALUATED
  }

  /**
   * Reads one line of a constraint file: structure, region names, metric, {@code <=} or {@code >=},
   * limit, endpoint, source, separated by {@code ;}.
   *
   * @throws IllegalArgumentException when the line does not say that, with the field
   */
  public static DoseConstraint parse(String line) {
    String[] fields = line.split(";", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException(
          "constraint has " + fields.length + " fields, expected " + FIELDS + ": " + line);
    }
    Bound bound =
        switch (fields[3].trim()) {
          case "<=" -> Bound.AT_MOST;
          case ">=" -> Bound.AT_LEAST;
          default ->
              throw new IllegalArgumentException(
                  "constraint has the bound \"" + fields[3].trim() + "\", expected <= or >=");
        };
    return new DoseConstraint(
        fields[0].trim(),
        names(fields[1].trim()),
        DvhMetric.parse(fields[2]),
        bound,
        number(fields[4].trim()),
        fields[5].trim(),
        fields[6].trim());
  }

  private static Pattern names(String text) {
    try {
      return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("constraint has no usable region names: " + text, e);
    }
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("constraint has the limit \"" + text + "\"", e);
    }
  }

  /** True when the constraint is about regions of that name. */
  public boolean isAbout(String roiName) {
    return roiNames.matcher(roiName.trim()).matches();
  }

  /** Judges a value of the metric. */
  public Verdict judge(MetricValue value) {
    Double number = value.value();
    if (number == null) {
      return Verdict.NOT_EVALUATED;
    }
    boolean holds = bound == Bound.AT_MOST ? number <= limit : number >= limit;
    return holds ? Verdict.PASS : Verdict.FAIL;
  }

  /** The constraint as a reader says it. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s %s %s",
        metric.text(),
        bound == Bound.AT_MOST ? "<=" : ">=",
        Double.toString(limit));
  }
}
