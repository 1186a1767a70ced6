package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolutional filter as the second chapter of the Image Biomarker Standardisation Initiative
 * defines it (Depeursinge 2020, arXiv 2006.05470; Whybra 2024).
 *
 * <p>A plane of {@link TexturePlane#VOLUME} filters in three dimensions, any other each of its
 * slices by itself. Lengths in mm become voxels by the spacing of each axis.
 */
public sealed interface ResponseFilter extends Serializable {

  /** What is read beyond the border of the image. */
  Boundary boundary();

  /**
   * Mean of a square or cube.
   *
   * @param sizeVoxels edge, odd
   * @param plane filtered in
   * @param boundary beyond the image
   */
  record Mean(int sizeVoxels, TexturePlane plane, Boundary boundary) implements ResponseFilter {
    /** Checks the size. */
    public Mean {
      if (sizeVoxels < 1 || sizeVoxels % 2 == 0) {
        throw new IllegalArgumentException("size must be odd, got " + sizeVoxels + " voxels");
      }
    }
  }

  /**
   * Laplacian of Gaussian by its sampled kernel, derivatives per voxel, not normalised by scale.
   *
   * @param sigmaMm width of the Gaussian, mm, over 0
   * @param truncation the kernel ends this many widths from its centre
   * @param plane filtered in
   * @param boundary beyond the image
   */
  record Laplacian(double sigmaMm, double truncation, TexturePlane plane, Boundary boundary)
      implements ResponseFilter {
    /** Checks the lengths. */
    public Laplacian {
      positive("sigma", sigmaMm);
      positive("truncation", truncation);
    }
  }

  /**
   * Laws kernels, one for each axis that is filtered.
   *
   * @param kernels names along the axes of the plane, x before y before z: L3, L5, E3, E5, S3, S5,
   *     W5 or R5
   * @param pooling over right-angle turns
   * @param energyVoxels the response becomes the mean magnitude up to so many voxels away; 0 leaves
   *     it as it is
   * @param plane filtered in
   * @param boundary beyond the image
   */
  record Laws(
      List<String> kernels,
      ResponsePooling pooling,
      int energyVoxels,
      TexturePlane plane,
      Boundary boundary)
      implements ResponseFilter {
    /** Copies and checks the kernels. */
    public Laws {
      kernels = List.copyOf(kernels);
      kernels.forEach(LawsKernels::of);
      int axes = plane == TexturePlane.VOLUME ? 3 : 2;
      if (kernels.size() != axes || energyVoxels < 0) {
        throw new IllegalArgumentException(
            axes
                + " kernels and a distance of at least 0 are needed, got "
                + kernels
                + " and "
                + energyVoxels);
      }
    }
  }

  /** Slices that a Gabor filter works in. */
  enum GaborSlices {
    /** Slices of equal z. */
    AXIAL,
    /** The mean response of slices along all three pairs of axes. */
    ORTHOGONAL
  }

  /**
   * Modulus of the response to a Gabor filter, the mean over its directions.
   *
   * @param sigmaMm width of the envelope along the wave, mm, over 0
   * @param lambdaMm wave length, mm, over 0
   * @param gamma width of the envelope along the wave over that across, over 0
   * @param thetasDeg directions of the wave, from the first axis of the slice to the second
   * @param slices worked in
   * @param boundary beyond the image
   */
  record Gabor(
      double sigmaMm,
      double lambdaMm,
      double gamma,
      List<Double> thetasDeg,
      GaborSlices slices,
      Boundary boundary)
      implements ResponseFilter {
    /** Copies the directions and checks the numbers. */
    public Gabor {
      thetasDeg = List.copyOf(thetasDeg);
      positive("sigma", sigmaMm);
      positive("lambda", lambdaMm);
      positive("gamma", gamma);
      positive("count of directions", thetasDeg.size());
    }

    /**
     * The directions of a whole turn. Opposite directions have the same modulus, so half a turn is
     * enough where the step meets its end.
     *
     * @param stepDeg from one direction to the next, over 0
     */
    public static List<Double> turn(double stepDeg) {
      positive("step", stepDeg);
      double endDeg = Math.IEEEremainder(180, stepDeg) == 0 ? 180 : 360;
      List<Double> thetasDeg = new ArrayList<>();
      for (int i = 0; i * stepDeg < endDeg; i++) {
        thetasDeg.add(i * stepDeg);
      }
      return thetasDeg;
    }
  }

  /**
   * A band of the undecimated wavelet transform whose filters are dilated from level to level.
   *
   * @param family name of the wavelet, such as coif1
   * @param band L or H for each axis of the plane, x before y before z
   * @param level at least 1
   * @param pooling over right-angle turns
   * @param plane filtered in
   * @param boundary beyond the image
   */
  record SeparableWavelet(
      String family,
      String band,
      int level,
      ResponsePooling pooling,
      TexturePlane plane,
      Boundary boundary)
      implements ResponseFilter {
    /** Checks the family, the band and the level. */
    public SeparableWavelet {
      WaveletFilter.of(family);
      int axes = plane == TexturePlane.VOLUME ? 3 : 2;
      if (band.length() != axes || !band.matches("[LH]+") || level < 1) {
        throw new IllegalArgumentException(
            "a band has "
                + axes
                + " letters L or H and a level from 1 on, got "
                + band
                + " of level "
                + level);
      }
    }
  }

  /**
   * The isotropic band-pass wavelet of Simoncelli.
   *
   * @param level at least 1; level 1 passes a quarter of the Nyquist frequency and above
   * @param plane filtered in
   * @param boundary beyond the image
   */
  record Simoncelli(int level, TexturePlane plane, Boundary boundary) implements ResponseFilter {
    /** Checks the level. */
    public Simoncelli {
      positive("level", level);
    }
  }

  /**
   * The Riesz transform of a {@link Laplacian} or {@link Simoncelli} response, not steered.
   *
   * @param of the response
   * @param order along x, y and z, together at least 1
   */
  record Riesz(ResponseFilter of, List<Integer> order) implements ResponseFilter {
    /** Copies and checks the order. */
    public Riesz {
      order = List.copyOf(order);
      if (!(of instanceof Laplacian || of instanceof Simoncelli)) {
        throw new IllegalArgumentException("no Riesz transform is defined for " + of);
      }
      if (order.size() != 3
          || order.stream().anyMatch(l -> l < 0)
          || order.stream().allMatch(l -> l == 0)) {
        throw new IllegalArgumentException("the order needs three numbers from 0, got " + order);
      }
    }

    @Override
    public Boundary boundary() {
      return of.boundary();
    }
  }

  private static void positive(String what, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(what + " must be over 0, got " + value);
    }
  }
}
