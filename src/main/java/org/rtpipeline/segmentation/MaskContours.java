package org.rtpipeline.segmentation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Contour;

/** Turns masks into the contours of a structure set, plane by plane. */
public final class MaskContours {

  private static final int FEWEST_POINTS = 3;

  private MaskContours() {}

  /**
   * The contours of a mask, planes in ascending order.
   *
   * @param mask 1 inside; x fastest, then y, then z
   * @param imageUids SOP instance UID of the image of each plane; empty when not known
   */
  public static List<Contour> of(
      byte[] mask, VoxelGrid grid, List<String> imageUids, ContourOptions options) {
    if (mask.length != grid.voxels()) {
      throw new IllegalArgumentException(
          "grid has " + grid.voxels() + " voxels, mask " + mask.length);
    }
    if (!imageUids.isEmpty() && imageUids.size() != grid.planes()) {
      throw new IllegalArgumentException(
          "grid has " + grid.planes() + " planes, images " + imageUids.size());
    }
    Contour.Type type =
        options.holes() == ContourOptions.Holes.XOR
            ? Contour.Type.CLOSEDPLANAR_XOR
            : Contour.Type.CLOSED_PLANAR;
    List<Contour> contours = new ArrayList<>();
    for (int k = 0; k < grid.planes(); k++) {
      PlaneCut cut = PlaneCut.of(mask, grid, k);
      String image = imageUids.isEmpty() ? null : imageUids.get(k);
      for (double[] loop : cut.loops(options)) {
        if (loop.length >= 2 * FEWEST_POINTS) {
          contours.add(contour(type, loop, grid, k, image));
        }
      }
    }
    return contours;
  }

  private static Contour contour(
      Contour.Type type, double[] loop, VoxelGrid grid, int plane, @Nullable String image) {
    double[] pointsMm = new double[loop.length / 2 * 3];
    for (int p = 0; p < loop.length / 2; p++) {
      Point at = grid.toPatientMm(loop[2 * p], loop[2 * p + 1], grid.planeOffsetMm(plane));
      pointsMm[3 * p] = at.xMm();
      pointsMm[3 * p + 1] = at.yMm();
      pointsMm[3 * p + 2] = at.zMm();
    }
    return new Contour(type, pointsMm, image);
  }
}
