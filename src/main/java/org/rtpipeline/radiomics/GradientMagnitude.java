package org.rtpipeline.radiomics;

/** Length of the gradient by central differences; beyond the border the border value goes on. */
final class GradientMagnitude {

  private GradientMagnitude() {}

  /** The magnitudes inside a box, rounded to single precision. */
  static double[] of(Raster image, IndexBox box, ImageFilter.Gradient unit) {
    GridSize size = image.size();
    double[] step = {1, 1, 1};
    if (unit == ImageFilter.Gradient.PER_MM) {
      step = new double[] {size.dxMm(), size.dyMm(), size.dzMm()};
    }
    double[] out = new double[box.voxels()];
    int to = 0;
    for (int z = box.z0(); z < box.z0() + box.nz(); z++) {
      int zBelow = size.index(0, 0, Math.max(0, z - 1));
      int zAbove = size.index(0, 0, Math.min(size.nz() - 1, z + 1));
      int plane = size.index(0, 0, z);
      for (int y = box.y0(); y < box.y0() + box.ny(); y++) {
        int yBelow = plane + size.nx() * Math.max(0, y - 1);
        int yAbove = plane + size.nx() * Math.min(size.ny() - 1, y + 1);
        int row = size.nx() * y;
        for (int x = box.x0(); x < box.x0() + box.nx(); x++) {
          int xBelow = plane + row + Math.max(0, x - 1);
          int xAbove = plane + row + Math.min(size.nx() - 1, x + 1);
          double gx = (image.at(xAbove) - image.at(xBelow)) * 0.5 / step[0];
          double gy = (image.at(yAbove + x) - image.at(yBelow + x)) * 0.5 / step[1];
          double gz = (image.at(zAbove + row + x) - image.at(zBelow + row + x)) * 0.5 / step[2];
          out[to++] = (float) Math.sqrt(gx * gx + gy * gy + gz * gz);
        }
      }
    }
    return out;
  }
}
