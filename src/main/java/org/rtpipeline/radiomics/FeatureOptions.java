package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.util.function.Function;

/** What is computed, and how, in one of the modes. */
public sealed interface FeatureOptions extends Serializable permits RadiomicsOptions, IbsiOptions {

  /** One answer for either mode. */
  <T> T fold(Function<RadiomicsOptions, T> ofPyRadiomics, Function<IbsiOptions, T> ofIbsi);

  /** Whose habits are followed. */
  default RadiomicsMode mode() {
    return fold(options -> RadiomicsMode.PYRADIOMICS, options -> RadiomicsMode.IBSI);
  }
}
