package org.rtpipeline.structures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Standard names (AAPM TG-263) for the names that a site uses, in layers: those of single patients
 * come before those of the cohort, those before those of the site.
 *
 * <p>Each line of a map is {@code written name, standard name} or {@code written name, standard
 * name, patient id}. A written name may hold {@code *} for any text. Case, blanks and the signs
 * {@code _ - .} make no difference. Exact lines come before lines with {@code *}; otherwise the
 * first line counts.
 */
public final class NameMap implements Serializable {

  private static final long serialVersionUID = 1L;

  /** What TG-263 allows in a name: at most 16 letters, digits and the signs with a meaning. */
  private static final Pattern STANDARD = Pattern.compile("[A-Za-z0-9_~^!-]{1,16}");

  private final List<Line> lines;

  private NameMap(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /** Where a line comes from, the strongest first. */
  public enum Layer {
    /** For one patient. */
    PATIENT,
    /** For the cohort of the job. */
    COHORT,
    /** For all of the site. */
    SITE
  }

  /**
   * One line of a map.
   *
   * @param layer how strong it is
   * @param written name as it is written, {@code *} for any text
   * @param standard standard name
   * @param patientId the only patient it is about; empty for all
   * @param rule what the tables say of it, such as {@code site:12}
   */
  public record Line(Layer layer, String written, String standard, String patientId, String rule)
      implements Serializable {

    /** Refuses names that are empty, or no TG-263 name. */
    public Line {
      if (key(written).isEmpty()) {
        throw new IllegalArgumentException(rule + ": the written name is empty");
      }
      if (!STANDARD.matcher(standard).matches()) {
        throw new IllegalArgumentException(
            rule
                + ": "
                + standard
                + " is no TG-263 name: at most 16 letters, digits and _ ~ ^ ! - are allowed");
      }
      if ((layer == Layer.PATIENT) == patientId.isEmpty()) {
        throw new IllegalArgumentException(
            rule + ": a line of layer " + layer + " with patient id " + patientId);
      }
    }

    private boolean isExact() {
      return written.indexOf('*') < 0;
    }

    private boolean isAbout(String name, String patient) {
      if (!patientId.isEmpty() && !patientId.equals(patient)) {
        return false;
      }
      return isExact() ? key(written).equals(key(name)) : wildcard().matcher(key(name)).matches();
    }

    private Pattern wildcard() {
      StringBuilder pattern = new StringBuilder();
      for (String part : written.split("\\*", -1)) {
        pattern.append(pattern.length() == 0 ? "" : ".*").append(Pattern.quote(key(part)));
      }
      return Pattern.compile(pattern.toString());
    }
  }

  /** The map of some lines, in any order of layers. */
  public static NameMap of(List<Line> lines) {
    List<Line> sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparing(Line::layer).thenComparing(line -> line.isExact() ? 0 : 1));
    return new NameMap(sorted);
  }

  /** The standard name of a structure of a patient. */
  public StandardName of(String name, String patientId) {
    return lines.stream()
        .filter(line -> line.isAbout(name, patientId))
        .findFirst()
        .map(line -> new StandardName(line.standard(), line.rule()))
        .orElseGet(() -> standard(name));
  }

  /** A name that some line gives is standard as it stands. */
  private StandardName standard(String name) {
    return lines.stream()
        .map(Line::standard)
        .filter(name::equals)
        .findFirst()
        .map(known -> new StandardName(known, "standard"))
        .orElse(StandardName.NONE);
  }

  /** True when the map has no line. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_.\\-]+", "");
  }
}
