package org.rtpipeline.images;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.ImageVolume;

/** An image as it lies in its file: three axes, their directions in LPS, and the values. */
public final class StoredImage {

  /** What kind of number the file holds. */
  public enum Numbers {
    WHOLE,
    REAL
  }

  private final int[] counts;
  private final double[] spacingMm;
  private final List<Point> directions;
  private final Point originMm;
  private final NumberType type;
  private final float[] values;
  private final double @Nullable [] exact;

  /**
   * Keeps the values.
   *
   * @param counts voxels along the three axes of the file
   * @param spacingMm along the same axes
   * @param directions unit vectors of the same axes, LPS
   * @param originMm centre of the first voxel, LPS
   * @param type how one number is stored
   * @param values first axis fastest
   * @param exact the same where single precision does not hold them; null where it does
   */
  StoredImage(
      int[] counts,
      double[] spacingMm,
      List<Point> directions,
      Point originMm,
      NumberType type,
      float[] values,
      double @Nullable [] exact) {
    this.counts = counts.clone();
    this.spacingMm = spacingMm.clone();
    this.directions = List.copyOf(directions);
    this.originMm = originMm;
    this.type = type;
    this.values = values;
    this.exact = exact;
  }

  /** Voxels along axis 0, 1 or 2 of the file. */
  public int count(int axis) {
    return counts[axis];
  }

  /** Spacing along axis 0, 1 or 2 of the file, mm. */
  public double spacingMm(int axis) {
    return spacingMm[axis];
  }

  /** Unit vector of an axis, LPS. */
  public Point direction(int axis) {
    return directions.get(axis);
  }

  /** Centre of a voxel, LPS, mm; indices along the axes of the file. */
  public Point positionMm(int i, int j, int k) {
    return originMm
        .plus(directions.get(0).times(i * spacingMm[0]))
        .plus(directions.get(1).times(j * spacingMm[1]))
        .plus(directions.get(2).times(k * spacingMm[2]));
  }

  /** Kind of number. */
  public Numbers numbers() {
    return type.numbers();
  }

  /** Least number that its kind of number can hold. */
  public double least() {
    return type.least();
  }

  /** Greatest number that its kind of number can hold. */
  public double greatest() {
    return type.greatest();
  }

  /** Values in the order of the file, in single precision; the array itself. */
  public float[] values() {
    return values;
  }

  /**
   * Values in the order of the file, where single precision does not hold them; the array itself.
   */
  public Optional<double[]> exactValues() {
    return Optional.ofNullable(exact);
  }

  /** 1 where the value is the label, else 0; in the order of the file. */
  public byte[] mask(int label) {
    byte[] mask = new byte[values.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) ((exact == null ? values[i] : exact[i]) == label ? 1 : 0);
    }
    return mask;
  }

  /**
   * The image in the patient; planes are turned round when the axes of the file are left-handed.
   */
  public ImageVolume volume() {
    boolean leftHanded = directions.get(0).cross(directions.get(1)).dot(directions.get(2)) < 0;
    int plane = counts[0] * counts[1];
    double[] offsetsMm = new double[counts[2]];
    for (int k = 0; k < offsetsMm.length; k++) {
      offsetsMm[k] = k * spacingMm[2];
    }
    Point first = originMm;
    float[] ordered = values;
    if (leftHanded) {
      first = originMm.plus(directions.get(2).times((counts[2] - 1) * spacingMm[2]));
      ordered = new float[values.length];
      for (int k = 0; k < counts[2]; k++) {
        System.arraycopy(values, k * plane, ordered, (counts[2] - 1 - k) * plane, plane);
      }
    }
    VoxelGrid grid =
        new VoxelGrid(
            counts[0],
            counts[1],
            first,
            directions.get(0),
            directions.get(1),
            spacingMm[0],
            spacingMm[1],
            offsetsMm);
    return new ImageVolume(grid, ordered);
  }
}
