package org.rtpipeline.segmentation.onnx;

/** Where tiles begin along an axis, as nnU-Net 2 lays them. */
final class Tiles {

  private Tiles() {}

  /**
   * First indices of tiles that cover an axis evenly, at most a step apart.
   *
   * @param size of the image, at least that of the tile
   * @param step share of the tile, over 0 and at most 1
   */
  static int[] starts(int size, int tile, double step) {
    if (size < tile) {
      throw new IllegalArgumentException("image has " + size + " voxels, tile " + tile);
    }
    int count = (int) Math.ceil((size - tile) / (tile * step)) + 1;
    int[] starts = new int[count];
    for (int i = 1; i < count; i++) {
      starts[i] = (int) Math.rint((double) (size - tile) / (count - 1) * i);
    }
    return starts;
  }
}
