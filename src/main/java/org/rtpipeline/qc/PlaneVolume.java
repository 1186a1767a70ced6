package org.rtpipeline.qc;

import java.util.List;
import java.util.Optional;
import org.rtpipeline.geometry.EvenOddRegion;
import org.rtpipeline.geometry.PlaneFrame;
import org.rtpipeline.geometry.PlaneStack;
import org.rtpipeline.geometry.Point;

/** Volume of closed contours: the areas of their planes by the distance of planes. */
final class PlaneVolume {

  private PlaneVolume() {}

  /** The median distance of neighbouring planes; 0 for fewer than two planes. */
  static double usualGapMm(List<double[]> contoursMm) {
    return stack(contoursMm)
        .filter(stack -> stack.planes().size() > 1)
        .map(PlaneStack::medianGapMm)
        .orElse(0.0);
  }

  /**
   * The volume, cm³; 0 when nothing is enclosed.
   *
   * @param planeMm what each plane stands for along the normal
   */
  static double cm3(List<double[]> contoursMm, double planeMm) {
    double mm3 = 0;
    for (PlaneStack.ContourPlane plane :
        stack(contoursMm).map(PlaneStack::planes).orElse(List.of())) {
      mm3 += EvenOddRegion.of(plane.distinctPolygonsMm()).areaMm2() * planeMm;
    }
    return mm3 / 1000;
  }

  private static Optional<PlaneStack> stack(List<double[]> contoursMm) {
    Point normal = contoursMm.isEmpty() ? Point.ORIGIN : PlaneStack.areaVector(contoursMm.get(0));
    if (!(normal.length() > 0)) {
      return Optional.empty();
    }
    double[] first = contoursMm.get(0);
    Point origin = new Point(first[0], first[1], first[2]);
    return Optional.of(
        PlaneStack.of(contoursMm, PlaneFrame.around(origin, normal, new Point(1, 0, 0))));
  }
}
