package org.rtpipeline.radiomics;

import java.io.Serializable;

/** An image that features are computed on, made from the prepared one. */
public sealed interface ImageFilter extends Serializable {

  /** The prepared image itself. */
  record Original() implements ImageFilter {}

  /**
   * Laplacian of Gaussian by recursive filters, normalised across scales.
   *
   * @param sigmaMm width of the Gaussian, mm, over 0
   * @param label the width as its user writes it; names the image
   */
  record LaplacianOfGaussian(double sigmaMm, String label) implements ImageFilter {
    /** Checks the width. */
    public LaplacianOfGaussian {
      if (!(sigmaMm > 0)) {
        throw new IllegalArgumentException("sigma must be over 0 mm, got " + sigmaMm);
      }
    }

    /** A width written with at least one decimal. */
    public static LaplacianOfGaussian of(double sigmaMm) {
      return new LaplacianOfGaussian(sigmaMm, Double.toString(sigmaMm));
    }

    String name() {
      return "log-sigma-" + label.replace('.', '-') + "-mm-3D";
    }
  }

  /**
   * Undecimated wavelet bands.
   *
   * @param family name of the wavelet, such as coif1
   * @param levels levels to compute features on, at least 1
   * @param startLevel levels to go down first
   */
  record Wavelet(String family, int levels, int startLevel) implements ImageFilter {
    /** Checks the family and the levels. */
    public Wavelet {
      WaveletFilter.of(family);
      if (levels < 1 || startLevel < 0) {
        throw new IllegalArgumentException(
            "wavelet levels must be at least 1 from 0 on, got " + levels + " from " + startLevel);
      }
    }
  }

  /** A function of each intensity and of the largest magnitude of the image. */
  enum PointWise implements ImageFilter {
    SQUARE,
    SQUAREROOT,
    LOGARITHM,
    EXPONENTIAL
  }

  /** Magnitude of the gradient by central differences. */
  enum Gradient implements ImageFilter {
    /** Per mm. */
    PER_MM,
    /** Per voxel. */
    PER_VOXEL
  }

  /** What a local binary pattern says of the bits round a voxel (names of scikit-image). */
  enum PatternMethod {
    /** All bits as one number. */
    DEFAULT,
    /** The least number of all turns of the bits. */
    ROR,
    /** The count of ones of patterns with at most two changes; one more than all for the rest. */
    UNIFORM,
    /** As {@link #UNIFORM}, turns told apart. */
    NRI_UNIFORM,
    /** No bits: the variance of the neighbours. */
    VAR
  }

  /**
   * Local binary patterns of slices.
   *
   * @param radiusVoxels of the circle of neighbours, over 0
   * @param samples neighbours, 1 to {@value #MOST_SAMPLES}
   * @param method what the bits become
   * @param slices in which plane; {@link TexturePlane#VOLUME} is refused
   */
  record LocalBinaryPattern(
      double radiusVoxels, int samples, PatternMethod method, TexturePlane slices)
      implements ImageFilter {

    /** Numbers of more bits are not exact. */
    static final int MOST_SAMPLES = 31;

    /** Checks the circle and the plane. */
    public LocalBinaryPattern {
      if (!(radiusVoxels > 0) || samples < 1 || samples > MOST_SAMPLES) {
        throw new IllegalArgumentException(
            "lbp2DRadius must be over 0 and lbp2DSamples 1 to "
                + MOST_SAMPLES
                + ", got "
                + radiusVoxels
                + " and "
                + samples);
      }
      if (slices == TexturePlane.VOLUME) {
        throw new IllegalArgumentException("local binary patterns need the plane of their slices");
      }
    }
  }
}
