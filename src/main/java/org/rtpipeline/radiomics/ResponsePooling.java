package org.rtpipeline.radiomics;

/**
 * How the responses of a filter turned by right angles become one (IBSI 2, rotation invariance).
 */
public enum ResponsePooling {
  /** The filter is not turned. */
  NONE,
  /** The mean of all turns. */
  MEAN,
  /** The greatest of all turns. */
  MAX
}
