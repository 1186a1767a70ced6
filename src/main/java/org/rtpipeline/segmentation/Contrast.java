package org.rtpipeline.segmentation;

/** Whether vessels hold contrast medium, which decides from which density on tissue is bone. */
enum Contrast {
  /** Blood is about as dense as muscle. */
  ABSENT(250, 130),
  /** Large vessels are as dense as spongy bone. */
  PRESENT(350, 180);

  private static final float LEAST_HU = 120;
  private static final float MOST_HU = 450;
  private static final double EROSION_MM = 3.5;
  private static final double SMALLEST_CM3 = 1;
  private static final double EVEN_HU = 30;

  private final float seedHu;
  private final float growHu;

  Contrast(float seedHu, float growHu) {
    this.seedHu = seedHu;
    this.growHu = growHu;
  }

  /** Density that a bone has somewhere, HU. */
  float seedHu() {
    return seedHu;
  }

  /** Density that a bone has everywhere at its edge, HU. */
  float growHu() {
    return growHu;
  }

  /**
   * Looks for thick parts as dense as spongy bone but even, which only blood, heart and kidneys
   * with contrast medium are: the values of spongy bone scatter by 40 HU or more, those of blood by
   * little more than the noise.
   *
   * @param belowSkin where to look, as a mask
   */
  static Contrast of(float[] imageHu, byte[] belowSkin, Lattice lattice) {
    byte[] dense = new byte[imageHu.length];
    for (int at = 0; at < dense.length; at++) {
      boolean within = imageHu[at] > LEAST_HU && imageHu[at] < MOST_HU;
      dense[at] = (byte) (belowSkin[at] != 0 && within ? 1 : 0);
    }
    byte[] thick = EuclideanDistance.eroded(dense, lattice, EROSION_MM);
    ConnectedParts parts = ConnectedParts.of(thick, lattice);
    double[] sum = new double[parts.count() + 1];
    double[] sumOfSquares = new double[parts.count() + 1];
    for (int at = 0; at < thick.length; at++) {
      int part = parts.labels()[at];
      sum[part] += imageHu[at];
      sumOfSquares[part] += (double) imageHu[at] * imageHu[at];
    }
    for (int part = 1; part <= parts.count(); part++) {
      double meanHu = sum[part] / parts.voxels(part);
      double variance = sumOfSquares[part] / parts.voxels(part) - meanHu * meanHu;
      if (parts.voxels(part) * lattice.voxelCm3() >= SMALLEST_CM3 && variance < EVEN_HU * EVEN_HU) {
        return PRESENT;
      }
    }
    return ABSENT;
  }
}
