package org.rtpipeline.segmentation;

/**
 * Dense tissue: what hangs together above one density and reaches a higher one, below the skin,
 * with the marrow inside.
 */
final class BoneFinder {

  private static final double SKIN_MM = 4;
  private static final double SMALLEST_CM3 = 1;
  private static final double CLOSING_MM = 6;
  private static final double LARGEST_MARROW_MM2 = 1500;

  private BoneFinder() {}

  /** Tissue that lies far enough below the skin, as a mask. */
  static byte[] belowSkin(byte[] body, Lattice lattice) {
    return EuclideanDistance.eroded(body, lattice, SKIN_MM);
  }

  /** Bone as far as it is dense: its edge, without the marrow. */
  static byte[] shell(float[] imageHu, byte[] belowSkin, Lattice lattice, Contrast contrast) {
    byte[] dense = new byte[imageHu.length];
    for (int at = 0; at < dense.length; at++) {
      dense[at] = (byte) (belowSkin[at] != 0 && imageHu[at] > contrast.growHu() ? 1 : 0);
    }
    ConnectedParts parts = ConnectedParts.of(dense, lattice);
    boolean[] wanted = new boolean[parts.count() + 1];
    for (int at = 0; at < dense.length; at++) {
      if (imageHu[at] > contrast.seedHu()) {
        wanted[parts.labels()[at]] = true;
      }
    }
    for (int part = 1; part < wanted.length; part++) {
      wanted[part] &= parts.voxels(part) * lattice.voxelCm3() > SMALLEST_CM3;
    }
    return parts.mask(wanted);
  }

  /** The shell with what it encloses; a cavity as large as that of the skull stays open. */
  static byte[] withMarrow(byte[] shell, Lattice lattice) {
    return PlaneHoles.filled(
        EuclideanDistance.closed(shell, lattice, CLOSING_MM), lattice, LARGEST_MARROW_MM2);
  }
}
