package org.rtpipeline.dvh;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Constraints that are judged together.
 *
 * @param name name of the set, such as {@code quantec}
 * @param constraints in the order of their file
 */
public record ConstraintSet(String name, List<DoseConstraint> constraints) implements Serializable {

  /** Copies the list. */
  public ConstraintSet {
    constraints = List.copyOf(constraints);
  }

  /**
   * Reads the lines of a constraint file; empty lines and those that begin with {@code #} say
   * nothing.
   *
   * @throws IllegalArgumentException with the number of the line that cannot be read
   */
  public static ConstraintSet parse(String name, List<String> lines) {
    List<DoseConstraint> constraints = new ArrayList<>();
    for (int l = 0; l < lines.size(); l++) {
      String line = lines.get(l).trim();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        constraints.add(DoseConstraint.parse(line));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(name + ":" + (l + 1) + ": " + e.getMessage(), e);
      }
    }
    return new ConstraintSet(name, constraints);
  }

  /** The constraints about a region: by its own name, and when none is, by its standard name. */
  List<DoseConstraint> about(RoiName roi) {
    List<DoseConstraint> byName = about(roi.name());
    return byName.isEmpty() ? about(roi.comparedName()) : byName;
  }

  /** The constraints about regions of a name. */
  public List<DoseConstraint> about(String roiName) {
    return constraints.stream().filter(constraint -> constraint.isAbout(roiName)).toList();
  }
}
