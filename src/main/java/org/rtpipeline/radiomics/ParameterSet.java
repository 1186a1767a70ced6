package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Options under a name.
 *
 * @param name as in the tables
 * @param options what is computed, and how
 */
public record ParameterSet(String name, FeatureOptions options) implements Serializable {

  private static final double REDUCED_SPACING_MM = 2;
  private static final double MASK_SHARE = 0.5;

  /** Whose habits are followed. */
  public RadiomicsMode mode() {
    return options.mode();
  }

  /** Digest of the options, lower-case hexadecimal; equal options have equal digests. */
  public String sha256() {
    try {
      byte[] text = options.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /**
   * What is computed of large regions: shape and first order of the original image at 2 mm; in mode
   * ibsi everything but textures and responses, at 2 mm.
   */
  ParameterSet reduced() {
    return new ParameterSet(name + " (reduced)", options.fold(this::coarse, this::coarse));
  }

  private RadiomicsOptions coarse(RadiomicsOptions fine) {
    RadiomicsOptions.Resampling given = fine.resampling();
    RadiomicsOptions.Resampling coarse =
        new RadiomicsOptions.Resampling(
            REDUCED_SPACING_MM,
            REDUCED_SPACING_MM,
            REDUCED_SPACING_MM,
            given == null ? RadiomicsOptions.Interpolation.BSPLINE : given.interpolation(),
            0);
    return fine.withFilters(List.of(new ImageFilter.Original()))
        .withFeatures(Map.of(FeatureClass.SHAPE, Set.of(), FeatureClass.FIRSTORDER, Set.of()))
        .withResampling(coarse);
  }

  private IbsiOptions coarse(IbsiOptions fine) {
    IbsiOptions.Interpolation given = fine.interpolation();
    return new IbsiOptions(
        new IbsiOptions.Interpolation(
            REDUCED_SPACING_MM,
            REDUCED_SPACING_MM,
            REDUCED_SPACING_MM,
            given == null ? RadiomicsOptions.Interpolation.LINEAR : given.image(),
            given == null ? IbsiOptions.Rounding.NONE : given.rounding(),
            given == null ? MASK_SHARE : given.maskShare()),
        fine.narrowing(),
        fine.bins(),
        fine.volumeBins(),
        Set.of(),
        fine.limits(),
        List.of());
  }
}
