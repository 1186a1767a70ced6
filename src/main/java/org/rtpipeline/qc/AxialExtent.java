package org.rtpipeline.qc;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rtpipeline.model.Anatomy;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/**
 * How far something reaches along the patient, z of patient coordinates, upwards to the head.
 *
 * @param lowMm its lower end
 * @param highMm its upper end
 */
public record AxialExtent(double lowMm, double highMm) implements Serializable {

  /** Refuses ends in the wrong order. */
  public AxialExtent {
    if (!(lowMm <= highMm)) {
      throw new IllegalArgumentException("lower end " + lowMm + " mm is over " + highMm + " mm");
    }
  }

  /** Half-way between its ends. */
  double middleMm() {
    return (lowMm + highMm) / 2;
  }

  /** What holds both. */
  AxialExtent and(AxialExtent other) {
    return new AxialExtent(Math.min(lowMm, other.lowMm), Math.max(highMm, other.highMm));
  }

  /** The anatomy that structure sets name, by the name of {@link Anatomy}, contour to contour. */
  static Map<String, AxialExtent> ofAnatomy(List<StructureSet> sets) {
    Map<String, AxialExtent> extents = new TreeMap<>();
    for (StructureSet set : sets) {
      for (Roi roi : set.rois()) {
        Optional<String> name = Anatomy.of(roi.name());
        Optional<AxialExtent> extent = of(roi);
        if (name.isPresent() && extent.isPresent()) {
          extents.merge(name.get(), extent.get(), AxialExtent::and);
        }
      }
    }
    return extents;
  }

  private static Optional<AxialExtent> of(Roi roi) {
    double lowMm = Double.POSITIVE_INFINITY;
    double highMm = Double.NEGATIVE_INFINITY;
    for (Contour contour : roi.contours()) {
      if (contour.isClosed()) {
        double[] mm = contour.pointsMm();
        for (int at = 2; at < mm.length; at += 3) {
          lowMm = Math.min(lowMm, mm[at]);
          highMm = Math.max(highMm, mm[at]);
        }
      }
    }
    return lowMm <= highMm ? Optional.of(new AxialExtent(lowMm, highMm)) : Optional.empty();
  }
}
