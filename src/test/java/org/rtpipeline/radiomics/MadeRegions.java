package org.rtpipeline.radiomics;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Images and masks made by rule. */
final class MadeRegions {

  private MadeRegions() {}

  static GridSize cube(int n) {
    return new GridSize(n, n, n, 1, 1, 1);
  }

  /** Whole numbers from 0 up to a bound, the same for the same seed. */
  static Raster noise(GridSize size, int bound, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size.voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(bound);
    }
    return Raster.of(size, Raster.Numbers.WHOLE, values);
  }

  static Raster mapped(Raster image, DoubleUnaryOperator function) {
    double[] values = new double[image.size().voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = function.applyAsDouble(image.at(i));
    }
    return Raster.of(image.size(), values);
  }

  static byte[] full(GridSize size) {
    byte[] mask = new byte[size.voxels()];
    java.util.Arrays.fill(mask, (byte) 1);
    return mask;
  }

  static byte[] randomMask(GridSize size, double share, long seed) {
    Random random = new Random(seed);
    byte[] mask = new byte[size.voxels()];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (random.nextDouble() < share ? 1 : 0);
    }
    return mask;
  }

  static byte[] sphere(GridSize size, double radiusMm) {
    byte[] mask = new byte[size.voxels()];
    for (int z = 0; z < size.nz(); z++) {
      for (int y = 0; y < size.ny(); y++) {
        for (int x = 0; x < size.nx(); x++) {
          double dx = (x - (size.nx() - 1) / 2.0) * size.dxMm();
          double dy = (y - (size.ny() - 1) / 2.0) * size.dyMm();
          double dz = (z - (size.nz() - 1) / 2.0) * size.dzMm();
          boolean inside = dx * dx + dy * dy + dz * dz <= radiusMm * radiusMm;
          mask[size.index(x, y, z)] = (byte) (inside ? 1 : 0);
        }
      }
    }
    return mask;
  }

  static double value(RoiFeatures features, String name) {
    return features.values().stream()
        .filter(v -> v.name().equals(name))
        .mapToDouble(FeatureValue::value)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no feature " + name));
  }
}
