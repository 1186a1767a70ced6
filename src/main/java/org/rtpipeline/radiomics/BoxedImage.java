package org.rtpipeline.radiomics;

/** An image whose intensities are asked for box by box. */
interface BoxedImage {

  /** Voxels and spacing of the whole image. */
  GridSize size();

  /** Intensities of a box of the image, x fastest, then y, then z; a new array. */
  double[] crop(IndexBox box);
}
