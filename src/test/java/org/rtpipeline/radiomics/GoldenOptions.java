package org.rtpipeline.radiomics;

import java.util.List;
import org.rtpipeline.radiomics.ImageFilter.LaplacianOfGaussian;
import org.rtpipeline.radiomics.ImageFilter.Wavelet;
import org.rtpipeline.radiomics.RadiomicsOptions.Interpolation;
import org.rtpipeline.radiomics.RadiomicsOptions.Normalisation;
import org.rtpipeline.radiomics.RadiomicsOptions.Pairs;
import org.rtpipeline.radiomics.RadiomicsOptions.RangeUnit;
import org.rtpipeline.radiomics.RadiomicsOptions.Resampling;
import org.rtpipeline.radiomics.RadiomicsOptions.Resegmentation;
import org.rtpipeline.radiomics.RadiomicsOptions.ShapeMask;
import org.rtpipeline.radiomics.RadiomicsOptions.Texture;

/** The option sets of the golden runs. */
final class GoldenOptions {

  private GoldenOptions() {}

  static RadiomicsOptions of(String set, String name) {
    RadiomicsOptions plain =
        RadiomicsOptions.pyradiomics()
            .withDiscretisation(
                new Discretisation.FixedWidth(
                    name.equals("ibsi1_digital") ? 1 : name.endsWith("PET") ? 0.25 : 25));
    RadiomicsOptions filtered =
        plain.withFilters(
            List.of(
                new ImageFilter.Original(),
                LaplacianOfGaussian.of(1),
                LaplacianOfGaussian.of(2),
                LaplacianOfGaussian.of(3),
                new Wavelet("coif1", 1, 0)));
    return switch (set) {
      case "default" -> plain;
      case "filters" -> filtered;
      case "resample1mm" ->
          filtered.withResampling(new Resampling(1, 1, 1, Interpolation.BSPLINE, 10));
      case "simple" ->
          plain.withFilters(
              List.of(
                  ImageFilter.PointWise.SQUARE,
                  ImageFilter.PointWise.SQUAREROOT,
                  ImageFilter.PointWise.LOGARITHM,
                  ImageFilter.PointWise.EXPONENTIAL,
                  ImageFilter.Gradient.PER_MM));
      case "fbn32" -> plain.withDiscretisation(new Discretisation.FixedCount(32));
      case "force2d" ->
          plain.withTexture(
              new Texture(List.of(1), null, 0, Pairs.BOTH_ORDERS, TexturePlane.AXIAL));
      case "norm" ->
          plain
              .withNormalisation(new Normalisation(100, 3.0))
              .withDiscretisation(new Discretisation.FixedWidth(5));
      case "reseg" ->
          plain.withResegmentation(
              new Resegmentation(-3, 3.0, RangeUnit.SIGMA, ShapeMask.AS_GIVEN));
      case "dist123eucl" ->
          plain.withTexture(
              new Texture(
                  List.of(1, 2, 3),
                  WeightingNorm.EUCLIDEAN,
                  1,
                  Pairs.BOTH_ORDERS,
                  TexturePlane.VOLUME));
      case "lin2mm" -> plain.withResampling(new Resampling(2, 2, 2, Interpolation.LINEAR, 5));
      case "wav2" -> plain.withFilters(List.of(new Wavelet("db2", 2, 0))).withCropMarginVoxels(10);
      default -> throw new IllegalArgumentException("no option set " + set);
    };
  }
}
