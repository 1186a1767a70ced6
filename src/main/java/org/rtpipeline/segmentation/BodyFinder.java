package org.rtpipeline.segmentation;

/**
 * The patient without the couch: all that is denser than lung, thick enough, and neither plastic
 * nor air inside.
 */
final class BodyFinder {

  private static final float DENSER_THAN_HU = -400;
  private static final double OPENING_MM = 4;
  private static final double SMALLEST_CM3 = 50;
  private static final double HALF_THICKNESS_MM = 18;
  private static final double LEAST_MEDIAN_HU = -150;

  private BodyFinder() {}

  /** 1 inside the patient, arms, lungs and bowel gas included; 0 elsewhere. */
  static byte[] find(float[] imageHu, Lattice lattice) {
    byte[] dense = new byte[imageHu.length];
    for (int at = 0; at < dense.length; at++) {
      dense[at] = (byte) (imageHu[at] > DENSER_THAN_HU ? 1 : 0);
    }
    float[] depth = EuclideanDistance.squareMm2(dense, 0, lattice, HALF_THICKNESS_MM);
    byte[] core = new byte[dense.length];
    for (int at = 0; at < core.length; at++) {
      core[at] = (byte) (depth[at] > OPENING_MM * OPENING_MM ? 1 : 0);
    }
    byte[] opened = EuclideanDistance.dilated(core, lattice, OPENING_MM);
    ConnectedParts parts = ConnectedParts.of(opened, lattice);
    boolean[] thick = new boolean[parts.count() + 1];
    for (int at = 0; at < depth.length; at++) {
      if (depth[at] == Float.POSITIVE_INFINITY) {
        thick[parts.labels()[at]] = true;
      }
    }
    double[] mediansHu = parts.mediansHu(imageHu, opened);
    for (int part = 1; part < thick.length; part++) {
      thick[part] &=
          parts.voxels(part) * lattice.voxelCm3() > SMALLEST_CM3
              && mediansHu[part] > LEAST_MEDIAN_HU;
    }
    return PlaneHoles.filled(parts.mask(thick), lattice);
  }
}
