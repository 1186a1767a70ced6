package org.rtpipeline.metadata;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.ControlPoint;
import org.rtpipeline.model.PlannedBeam;

/** The leaves of a beam at its control points, and the score of their apertures. */
final class BeamApertures {

  /** Leaves nearer than this are closed. */
  static final double CLOSED_MM = 1e-3;

  private final double[] cumulative;
  private final double[][] firstMm;
  private final double[][] secondMm;
  private final boolean[][] open;

  private BeamApertures(
      double[] cumulative, double[][] firstMm, double[][] secondMm, boolean[][] open) {
    this.cumulative = cumulative;
    this.firstMm = firstMm;
    this.secondMm = secondMm;
    this.open = open;
  }

  /**
   * The complexity of the apertures of a beam, or why it has none.
   *
   * @param score null when there is none
   * @param apertures different apertures through which meterset is given; null when not known
   * @param reason why there is no score; empty when there is one
   */
  record Complexity(
      ModulationComplexity.@Nullable Score score, @Nullable Integer apertures, String reason)
      implements Serializable {

    private static Complexity none(String reason) {
      return new Complexity(null, null, reason);
    }
  }

  /** The complexity of a beam. */
  static Complexity of(PlannedBeam beam) {
    List<PlannedBeam.Device> leaves =
        beam.devices().stream().filter(device -> device.type().startsWith("MLC")).toList();
    if (leaves.isEmpty()) {
      return Complexity.none("the beam has no multileaf collimator");
    }
    if (leaves.size() > 1) {
      return Complexity.none("the beam has " + leaves.size() + " layers of leaves");
    }
    if (beam.controlPoints().size() < 2) {
      return Complexity.none("the beam has " + beam.controlPoints().size() + " control points");
    }
    Optional<double[]> metersets = metersets(beam);
    if (metersets.isEmpty()) {
      return Complexity.none("cumulative meterset weights are missing or go down");
    }
    Optional<BeamApertures> apertures = read(beam, leaves.get(0), metersets.get());
    if (apertures.isEmpty()) {
      return Complexity.none("leaf positions are missing or do not fit the leaf boundaries");
    }
    BeamApertures all = apertures.get();
    ModulationComplexity.Score score =
        ModulationComplexity.of(all.cumulative, all.firstMm, all.secondMm, all.open);
    return Double.isNaN(score.score())
        ? new Complexity(null, all.count(), "no meterset is given through open leaves")
        : new Complexity(score, all.count(), "");
  }

  /** Cumulative meterset weights of the control points; empty when they are of no use. */
  static Optional<double[]> metersets(PlannedBeam beam) {
    double[] cumulative = new double[beam.controlPoints().size()];
    for (int i = 0; i < cumulative.length; i++) {
      Double weight = beam.controlPoints().get(i).cumulativeWeight();
      if (weight == null || (i > 0 && weight < cumulative[i - 1])) {
        return Optional.empty();
      }
      cumulative[i] = weight;
    }
    return Optional.of(cumulative);
  }

  private static Optional<BeamApertures> read(
      PlannedBeam beam, PlannedBeam.Device leaves, double[] cumulative) {
    int pairs = leaves.boundariesMm().size() - 1;
    int points = cumulative.length;
    double[][] firstMm = new double[points][];
    double[][] secondMm = new double[points][];
    boolean[][] open = new boolean[points][];
    for (int i = 0; i < points; i++) {
      ControlPoint point = beam.controlPoints().get(i);
      List<Double> mm = point.positionsMm(leaves.type()).orElse(List.of());
      if (pairs < 1 || mm.size() != 2 * pairs) {
        return Optional.empty();
      }
      firstMm[i] = mm.subList(0, pairs).stream().mapToDouble(Double::doubleValue).toArray();
      secondMm[i] =
          mm.subList(pairs, 2 * pairs).stream().mapToDouble(Double::doubleValue).toArray();
      open[i] = open(leaves, point, firstMm[i], secondMm[i]);
    }
    return Optional.of(new BeamApertures(cumulative, firstMm, secondMm, open));
  }

  /** Pairs that are apart and at least in part between the jaws that move across them. */
  private static boolean[] open(
      PlannedBeam.Device leaves, ControlPoint point, double[] firstMm, double[] secondMm) {
    String axis = leaves.type().startsWith("MLCY") ? "X" : "Y";
    List<Double> jawsMm =
        point
            .positionsMm("ASYM" + axis)
            .or(() -> point.positionsMm(axis))
            .filter(mm -> mm.size() == 2)
            .orElse(List.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY));
    boolean[] open = new boolean[firstMm.length];
    for (int pair = 0; pair < open.length; pair++) {
      boolean between =
          leaves.boundariesMm().get(pair) < jawsMm.get(1)
              && leaves.boundariesMm().get(pair + 1) > jawsMm.get(0);
      open[pair] = between && secondMm[pair] - firstMm[pair] > CLOSED_MM;
    }
    return open;
  }

  /** Different leaf positions at control points at which meterset is given. */
  private int count() {
    Set<List<Double>> different = new HashSet<>();
    for (int i = 0; i < cumulative.length; i++) {
      boolean before = i > 0 && cumulative[i] > cumulative[i - 1];
      boolean after = i + 1 < cumulative.length && cumulative[i + 1] > cumulative[i];
      if (before || after) {
        different.add(
            DoubleStream.concat(DoubleStream.of(firstMm[i]), DoubleStream.of(secondMm[i]))
                .boxed()
                .toList());
      }
    }
    return different.size();
  }
}
