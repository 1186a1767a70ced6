package org.rtpipeline.metadata;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.ControlPoint;

/**
 * Angles of control points, degrees. Mean and standard deviation are those of directions, so that
 * 359° and 1° are 2° apart (Fisher 1993, 2.3).
 *
 * @param deg one angle per control point that has one
 */
record Angles(List<Double> deg) implements Serializable {

  /** Directions whose mean vector is shorter than this have no mean. */
  private static final double NO_DIRECTION = 1e-9;

  private static final double CIRCLE_DEG = 360;
  private static final double STEPS_PER_DEG = 10;

  Angles {
    deg = List.copyOf(deg);
  }

  static Angles of(Stream<ControlPoint> points, Function<ControlPoint, @Nullable Double> angleDeg) {
    return new Angles(
        points
            .map(angleDeg)
            .filter(Objects::nonNull)
            .map(value -> (Objects.requireNonNull(value) % CIRCLE_DEG + CIRCLE_DEG) % CIRCLE_DEG)
            .toList());
  }

  /** Each angle once, to 0.1 degree, ascending. */
  List<Double> unique() {
    return deg.stream()
        .map(value -> Math.rint(value * STEPS_PER_DEG) / STEPS_PER_DEG % CIRCLE_DEG)
        .distinct()
        .sorted()
        .toList();
  }

  /** Mean direction, 0 to under 360; null when the angles point everywhere alike. */
  @Nullable Double mean() {
    if (deg.isEmpty() || length() < NO_DIRECTION) {
      return null;
    }
    double mean = Math.toDegrees(Math.atan2(sine(), cosine()));
    return (mean + CIRCLE_DEG) % CIRCLE_DEG;
  }

  /** Circular standard deviation √(−2 ln R); null when the angles point everywhere alike. */
  @Nullable Double deviation() {
    if (deg.isEmpty() || length() < NO_DIRECTION) {
      return null;
    }
    return Math.toDegrees(Math.sqrt(Math.max(0, -2 * Math.log(Math.min(1, length())))));
  }

  @Nullable Double least() {
    return deg.stream().min(Double::compare).orElse(null);
  }

  @Nullable Double greatest() {
    return deg.stream().max(Double::compare).orElse(null);
  }

  private double length() {
    return Math.hypot(sine(), cosine());
  }

  private double sine() {
    return deg.stream().mapToDouble(value -> Math.sin(Math.toRadians(value))).average().orElse(0);
  }

  private double cosine() {
    return deg.stream().mapToDouble(value -> Math.cos(Math.toRadians(value))).average().orElse(0);
  }
}
