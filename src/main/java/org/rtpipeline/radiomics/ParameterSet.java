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
public record ParameterSet(String name, RadiomicsOptions options) implements Serializable {

  private static final double REDUCED_SPACING_MM = 2;

  /** Digest of the options, lower-case hexadecimal; equal options have equal digests. */
  public String sha256() {
    try {
      byte[] text = options.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** What is computed of large regions: shape and first order of the original image at 2 mm. */
  ParameterSet reduced() {
    RadiomicsOptions.Resampling given = options.resampling();
    RadiomicsOptions.Resampling coarse =
        new RadiomicsOptions.Resampling(
            REDUCED_SPACING_MM,
            REDUCED_SPACING_MM,
            REDUCED_SPACING_MM,
            given == null ? RadiomicsOptions.Interpolation.BSPLINE : given.interpolation(),
            0);
    return new ParameterSet(
        name + " (reduced)",
        options
            .withFilters(List.of(new ImageFilter.Original()))
            .withFeatures(Map.of(FeatureClass.SHAPE, Set.of(), FeatureClass.FIRSTORDER, Set.of()))
            .withResampling(coarse));
  }
}
