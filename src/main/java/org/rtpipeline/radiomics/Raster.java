package org.rtpipeline.radiomics;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.ImageVolume;

/**
 * Intensities on a regular grid in index order, with nothing known of the patient.
 *
 * <p>The kind of number matters to the results: PyRadiomics casts resampled whole-number images
 * back to whole numbers and computes the edges of equal bins of single-precision images in single
 * precision.
 */
public final class Raster implements BoxedImage {

  /** What kind of number the intensities are. */
  public enum Numbers {
    /** Whole numbers, such as HU of a CT read as short integers. */
    WHOLE,
    /** Single precision. */
    SINGLE,
    /** Double precision. */
    DOUBLE
  }

  /** Spacings at most this far apart (relative) count as equal. */
  static final double SPACING_TOLERANCE = 1e-5;

  private final GridSize size;
  private final Numbers numbers;
  private final float @Nullable [] single;
  private final double @Nullable [] twice;
  private final Place place;
  private final Range range;
  private final @Nullable SharedParts shared;
  private @Nullable Double largestMagnitude;

  /** Whole numbers from the least to the greatest that are stored. */
  private record Range(double least, double greatest) {
    private static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** Where the first voxel lies and where the axes point. */
  private record Place(Point firstMm, List<Point> axes) {
    private static final Place UNKNOWN =
        new Place(
            Point.ORIGIN, List.of(new Point(1, 0, 0), new Point(0, 1, 0), new Point(0, 0, 1)));
  }

  private Raster(
      GridSize size, Numbers numbers, float @Nullable [] single, double @Nullable [] twice) {
    this(size, numbers, single, twice, Place.UNKNOWN, Range.ANY, null);
  }

  private Raster(
      GridSize size,
      Numbers numbers,
      float @Nullable [] single,
      double @Nullable [] twice,
      Place place,
      Range range,
      @Nullable SharedParts shared) {
    this.place = place;
    this.range = range;
    this.shared = shared;
    this.size = size;
    this.numbers = numbers;
    this.single = single;
    this.twice = twice;
  }

  /**
   * Keeps the array.
   *
   * @param size voxels and spacing
   * @param numbers {@link Numbers#WHOLE} or {@link Numbers#SINGLE}
   * @param values x fastest, then y, then z
   */
  public static Raster of(GridSize size, Numbers numbers, float[] values) {
    if (values.length != size.voxels()) {
      throw new IllegalArgumentException(
          "grid has " + size.voxels() + " voxels, values " + values.length);
    }
    if (numbers == Numbers.DOUBLE) {
      throw new IllegalArgumentException("float values cannot be DOUBLE");
    }
    return new Raster(size, numbers, values, null);
  }

  /** Keeps the array of double-precision intensities, x fastest, then y, then z. */
  public static Raster of(GridSize size, double[] values) {
    return of(size, Numbers.DOUBLE, values);
  }

  /**
   * Keeps the array.
   *
   * @param size voxels and spacing
   * @param numbers {@link Numbers#DOUBLE}, or {@link Numbers#WHOLE} that single precision does not
   *     hold
   * @param values x fastest, then y, then z
   */
  public static Raster of(GridSize size, Numbers numbers, double[] values) {
    if (values.length != size.voxels()) {
      throw new IllegalArgumentException(
          "grid has " + size.voxels() + " voxels, values " + values.length);
    }
    if (numbers == Numbers.SINGLE) {
      throw new IllegalArgumentException("double values cannot be SINGLE");
    }
    return new Raster(size, numbers, null, values);
  }

  /**
   * The same intensities, sharing their array, whose first voxel lies at a point. New voxels that
   * fall half-way between old ones go to either side by the rounding of such coordinates, so
   * resampling follows PyRadiomics to the last voxel only where they are known.
   *
   * @param patientMm centre of the first voxel, patient coordinates, mm
   * @param axes unit vectors of x, y and z
   */
  public Raster placedAt(Point patientMm, List<Point> axes) {
    return new Raster(size, numbers, single, twice, new Place(patientMm, axes), range, shared);
  }

  /**
   * The same intensities, sharing their array, known to be stored as whole numbers of a range:
   * interpolated ones are cut to it, as PyRadiomics does. Otherwise any whole number will do.
   */
  public Raster storedBetween(double least, double greatest) {
    return new Raster(size, numbers, single, twice, place, new Range(least, greatest), shared);
  }

  /** The same intensities, sharing their array, with parts that regions share. */
  Raster sharing(SharedParts parts) {
    return new Raster(size, numbers, single, twice, place, range, parts);
  }

  /** Cubic spline coefficients of a box; a new array. */
  double[] splineCoefficients(IndexBox box) {
    return shared == null ? SplineCoefficients.of(this, box) : shared.splineCoefficients(this, box);
  }

  /** Laplacian of Gaussian of a box, single precision; a new array. */
  double[] laplacian(IndexBox box, double sigmaMm) {
    return shared == null
        ? LaplacianOfGaussian.of(this, box, sigmaMm).values()
        : shared.laplacian(this, box, sigmaMm);
  }

  /** A number as its kind of number holds it: cut to the range and towards 0 when whole. */
  double stored(double value) {
    return switch (numbers) {
      case WHOLE -> (double) (long) Math.max(range.least(), Math.min(range.greatest(), value));
      case SINGLE -> (float) value;
      case DOUBLE -> value;
    };
  }

  /** A whole number as its kind of number holds it when it runs over at its ends. */
  double wrapped(double value) {
    double whole = (double) (long) value;
    double span = range.greatest() - range.least() + 1;
    return Double.isInfinite(span) || (whole >= range.least() && whole <= range.greatest())
        ? whole
        : whole - span * Math.floor((whole - range.least()) / span);
  }

  /** Other intensities in double precision at the same place; keeps the array. */
  Raster with(double[] values) {
    return new Raster(of(size, values).size, Numbers.DOUBLE, null, values, place, Range.ANY, null);
  }

  /** Centre of the first voxel, patient coordinates. */
  Point firstMm() {
    return place.firstMm();
  }

  /** Centre of a voxel, patient coordinates. */
  public Point positionMm(int x, int y, int z) {
    return place
        .firstMm()
        .plus(place.axes().get(0).times(x * size.dxMm()))
        .plus(place.axes().get(1).times(y * size.dyMm()))
        .plus(place.axes().get(2).times(z * size.dzMm()));
  }

  /** Unit vectors of x, y and z, patient coordinates. */
  List<Point> axes() {
    return place.axes();
  }

  /**
   * The image on its own index grid; planes of unequal distance are refused.
   *
   * @param numbers what the intensities were stored as
   */
  public static Raster of(ImageVolume image, Numbers numbers) {
    VoxelGrid grid = image.grid();
    return of(sizeOf(grid), numbers, image.values())
        .placedAt(
            grid.originMm(), List.of(grid.rowDirection(), grid.columnDirection(), grid.normal()));
  }

  private static GridSize sizeOf(VoxelGrid grid) {
    if (!grid.isRegular()) {
      throw new IllegalArgumentException("planes of the image are unequally far apart");
    }
    double planeSpacingMm = grid.planes() == 1 ? 1 : grid.meanPlaneSpacingMm();
    return new GridSize(
        grid.columns(),
        grid.rows(),
        grid.planes(),
        grid.columnSpacingMm(),
        grid.rowSpacingMm(),
        planeSpacingMm);
  }

  /** Voxels and spacing. */
  @Override
  public GridSize size() {
    return size;
  }

  /** Kind of number. */
  public Numbers numbers() {
    return numbers;
  }

  /** Intensity of the voxel at a position of the array. */
  public double at(int index) {
    return single != null ? single[index] : doubles()[index];
  }

  /** Copies intensities that follow one another in the array. */
  void copy(int from, double[] to, int count) {
    if (single == null) {
      System.arraycopy(doubles(), from, to, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        to[i] = single[from + i];
      }
    }
  }

  /** All intensities, x fastest, then y, then z; a new array. */
  double[] values() {
    return crop(IndexBox.whole(size));
  }

  /** Intensities of a box, x fastest, then y, then z; a new array. */
  @Override
  public double[] crop(IndexBox box) {
    double[] out = new double[box.voxels()];
    int to = 0;
    for (int z = box.z0(); z < box.z0() + box.nz(); z++) {
      for (int y = box.y0(); y < box.y0() + box.ny(); y++) {
        int from = size.index(box.x0(), y, z);
        for (int x = 0; x < box.nx(); x++) {
          out[to++] = at(from + x);
        }
      }
    }
    return out;
  }

  /** The part inside a box as an image of its own, of the same kind of number. */
  Raster part(IndexBox box) {
    GridSize part = size.withCounts(box.nx(), box.ny(), box.nz());
    double[] values = crop(box);
    return like(part, values);
  }

  /** Other intensities of the same kind of number; keeps an array of double precision. */
  Raster like(GridSize other, double[] values) {
    return twice != null && numbers != Numbers.SINGLE
        ? of(other, numbers, values).storedBetween(range.least(), range.greatest())
        : of(other, numbers, toFloats(values)).storedBetween(range.least(), range.greatest());
  }

  /** Largest absolute intensity of the whole image; looked for once. */
  double largestMagnitude() {
    Double known = largestMagnitude;
    if (known == null) {
      double largest = 0;
      for (int i = 0; i < size.voxels(); i++) {
        largest = Math.max(largest, Math.abs(at(i)));
      }
      known = largest;
      largestMagnitude = known;
    }
    return known;
  }

  static float[] toFloats(double[] values) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return out;
  }

  private double[] doubles() {
    if (twice == null) {
      throw new IllegalStateException("image holds no values");
    }
    return twice;
  }
}
