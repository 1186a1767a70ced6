package org.rtpipeline.metadata;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.ControlPoint;
import org.rtpipeline.model.PlannedBeam;

/**
 * What the control points of a beam tell.
 *
 * @param beam the beam
 * @param energiesMv nominal energies of its control points, each once, in their order; MV for
 *     photons, MeV otherwise
 * @param gantry gantry angles of its control points
 * @param collimator beam limiting device angles
 * @param couch patient support angles
 * @param technique how it is delivered
 * @param complexity how modulated it is
 */
public record BeamSummary(
    Beam beam,
    List<Double> energiesMv,
    Angles gantry,
    Angles collimator,
    Angles couch,
    BeamTechnique technique,
    BeamApertures.Complexity complexity)
    implements Serializable {

  /** Copies the list. */
  public BeamSummary {
    energiesMv = List.copyOf(energiesMv);
  }

  /** What a beam tells. */
  static BeamSummary of(PlannedBeam planned) {
    List<ControlPoint> points = planned.controlPoints();
    BeamApertures.Complexity complexity = BeamApertures.of(planned);
    return new BeamSummary(
        planned.beam(),
        points.stream()
            .map(ControlPoint::energyMv)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .distinct()
            .toList(),
        Angles.of(points.stream(), ControlPoint::gantryDeg),
        Angles.of(points.stream(), ControlPoint::collimatorDeg),
        Angles.of(points.stream(), ControlPoint::couchDeg),
        BeamTechnique.of(planned, complexity),
        complexity);
  }

  /** Whether the gantry turns while the beam is on. */
  boolean isArc() {
    Double spanDeg = technique.gantrySpanDeg();
    return spanDeg != null && spanDeg > BeamTechnique.ARC_FROM_DEG;
  }
}
