package org.rtpipeline.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rtpipeline.radiomics.FeatureOptions;
import org.rtpipeline.radiomics.IbsiParameters;
import org.rtpipeline.radiomics.ParameterSet;
import org.rtpipeline.radiomics.PyRadiomicsParameters;
import org.rtpipeline.radiomics.RadiomicsMode;

/**
 * Finds parameter sets of radiomics: those of conf/radiomics, or of conf/radiomics/ibsi in the mode
 * ibsi, by their names, others by their path.
 */
final class RadiomicsParameters {

  /** Names of the sets that come with the product. */
  static final List<String> SHIPPED = List.of("ct", "mr", "pet-fdg", "pet-psma");

  private static final String RESOURCES = "/org/rtpipeline/radiomics/parameters/";
  private static final String ENDING = ".yaml";

  private RadiomicsParameters() {}

  /**
   * The set of a name or a path.
   *
   * @param mode whose habits the set must follow
   * @throws IllegalArgumentException when there is no such set, or it cannot be used
   */
  static ParameterSet of(RadiomicsMode mode, String nameOrPath) {
    String yaml =
        SHIPPED.contains(nameOrPath) ? shipped(mode, nameOrPath) : file(Path.of(nameOrPath));
    String name = String.valueOf(Path.of(nameOrPath).getFileName());
    try {
      return new ParameterSet(
          name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name,
          options(mode, yaml));
    } catch (IllegalArgumentException unusable) {
      throw new IllegalArgumentException(nameOrPath + ": " + unusable.getMessage(), unusable);
    }
  }

  /** A file of the other mode is refused, for what one mode means the other would misread. */
  private static FeatureOptions options(RadiomicsMode mode, String yaml) {
    if (mode == RadiomicsMode.PYRADIOMICS && IbsiParameters.isIbsi(yaml)) {
      throw new IllegalArgumentException(
          "is a file of the mode ibsi, and radiomics.mode is pyradiomics");
    }
    return mode == RadiomicsMode.IBSI
        ? IbsiParameters.read(yaml)
        : PyRadiomicsParameters.read(yaml);
  }

  private static String shipped(RadiomicsMode mode, String name) {
    String folder = mode == RadiomicsMode.IBSI ? RESOURCES + "ibsi/" : RESOURCES;
    try (InputStream in = RadiomicsParameters.class.getResourceAsStream(folder + name + ENDING)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks the parameters " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new IllegalStateException("the jar is broken", broken);
    }
  }

  private static String file(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException(
          "there is no file " + path + ", and no set of that name: " + String.join(", ", SHIPPED));
    }
    try {
      return Files.readString(path);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          path + " cannot be read as text: " + unreadable, unreadable);
    }
  }
}
