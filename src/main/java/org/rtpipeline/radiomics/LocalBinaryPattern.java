package org.rtpipeline.radiomics;

import java.util.Arrays;

/**
 * Local binary patterns of the slices of an image (Ojala 2002), with the conventions of
 * scikit-image: neighbours on a circle by bilinear interpolation, their positions rounded to 1e-5,
 * 0 beyond the slice.
 */
final class LocalBinaryPattern {

  private static final double POSITION = 1e5;

  private final ImageFilter.LocalBinaryPattern pattern;
  private final Raster image;
  private final int rowAxis;
  private final int columnAxis;
  private final double[] rowOffset;
  private final double[] columnOffset;

  private LocalBinaryPattern(ImageFilter.LocalBinaryPattern pattern, Raster image) {
    this.pattern = pattern;
    this.image = image;
    rowAxis = pattern.slices() == TexturePlane.CORONAL ? 2 : 1;
    columnAxis = pattern.slices() == TexturePlane.SAGITTAL ? 2 : 0;
    rowOffset = new double[pattern.samples()];
    columnOffset = new double[pattern.samples()];
    for (int i = 0; i < rowOffset.length; i++) {
      double angle = 2 * Math.PI * i / rowOffset.length;
      rowOffset[i] = Math.rint(-pattern.radiusVoxels() * Math.sin(angle) * POSITION) / POSITION;
      columnOffset[i] = Math.rint(pattern.radiusVoxels() * Math.cos(angle) * POSITION) / POSITION;
    }
  }

  /** Patterns in a box, held by the kind of number that the image has; a new array. */
  static double[] of(ImageFilter.LocalBinaryPattern pattern, Raster image, IndexBox box) {
    LocalBinaryPattern patterns = new LocalBinaryPattern(pattern, image);
    double[] out = new double[box.voxels()];
    double[] circle = new double[pattern.samples()];
    int to = 0;
    for (int z = box.z0(); z < box.z0() + box.nz(); z++) {
      for (int y = box.y0(); y < box.y0() + box.ny(); y++) {
        for (int x = box.x0(); x < box.x0() + box.nx(); x++) {
          int[] voxel = {x, y, z};
          patterns.sample(voxel, circle);
          double code = patterns.code(circle, image.at(image.size().index(x, y, z)));
          out[to++] =
              switch (image.numbers()) {
                case WHOLE -> image.wrapped(code);
                case SINGLE -> (float) code;
                case DOUBLE -> code;
              };
        }
      }
    }
    return out;
  }

  private void sample(int[] voxel, double[] circle) {
    int[] at = voxel.clone();
    for (int i = 0; i < circle.length; i++) {
      double row = voxel[rowAxis] + rowOffset[i];
      double column = voxel[columnAxis] + columnOffset[i];
      int top = (int) Math.floor(row);
      int bottom = (int) Math.ceil(row);
      int left = (int) Math.floor(column);
      int right = (int) Math.ceil(column);
      double down = row - top;
      double over = column - left;
      double above = (1 - over) * at(at, top, left) + over * at(at, top, right);
      double below = (1 - over) * at(at, bottom, left) + over * at(at, bottom, right);
      circle[i] = (1 - down) * above + down * below;
    }
  }

  private double at(int[] voxel, int row, int column) {
    GridSize size = image.size();
    if (row < 0 || column < 0 || row >= size.count(rowAxis) || column >= size.count(columnAxis)) {
      return 0;
    }
    voxel[rowAxis] = row;
    voxel[columnAxis] = column;
    return image.at(size.index(voxel[0], voxel[1], voxel[2]));
  }

  private double code(double[] circle, double centre) {
    if (pattern.method() == ImageFilter.PatternMethod.VAR) {
      return variance(circle);
    }
    int[] bits = new int[circle.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = circle[i] - centre >= 0 ? 1 : 0;
    }
    return switch (pattern.method()) {
      case DEFAULT -> number(bits, 0);
      case ROR -> {
        double least = number(bits, 0);
        for (int start = 1; start < bits.length; start++) {
          least = Math.min(least, number(bits, start));
        }
        yield least;
      }
      case NRI_UNIFORM -> turnedUniform(bits);
      default -> changes(bits) <= 2 ? Arrays.stream(bits).sum() : bits.length + 1;
    };
  }

  /** Variance of the circle; 0 where it is flat. */
  private static double variance(double[] circle) {
    double sum = 0;
    double squares = 0;
    for (double value : circle) {
      sum += value;
      squares += value * value;
    }
    return (squares - sum * sum / circle.length) / circle.length;
  }

  /** The bits as a number, the one at a start the lowest. */
  private static double number(int[] bits, int start) {
    double number = 0;
    double weight = 1;
    for (int i = 0; i < bits.length; i++) {
      number += weight * bits[(start + i) % bits.length];
      weight *= 2;
    }
    return number;
  }

  /** Changes from bit to bit, not round the end. */
  private static int changes(int[] bits) {
    int changes = 0;
    for (int i = 1; i < bits.length; i++) {
      changes += bits[i] == bits[i - 1] ? 0 : 1;
    }
    return changes;
  }

  /** Uniform patterns by their count of ones and their turn (Ahonen 2004); all others one code. */
  private static int turnedUniform(int[] bits) {
    int n = bits.length;
    if (changes(bits) > 2) {
      return n * (n - 1) + 2;
    }
    int ones = Arrays.stream(bits).sum();
    if (ones == 0) {
      return 0;
    }
    if (ones == n) {
      return n * (n - 1) + 1;
    }
    int firstOne = 0;
    while (bits[firstOne] == 0) {
      firstOne++;
    }
    int firstZero = 0;
    while (bits[firstZero] == 1) {
      firstZero++;
    }
    int turn = firstOne == 0 ? ones - firstZero : n - firstOne;
    return 1 + (ones - 1) * n + turn;
  }
}
