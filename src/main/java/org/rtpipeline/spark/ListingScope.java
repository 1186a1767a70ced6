package org.rtpipeline.spark;

import java.io.Serializable;

/**
 * What belongs to the input.
 *
 * @param inputUri root of the input, full URI
 * @param outputUri root of the output, which is never input; full URI, empty where there is none
 */
record ListingScope(String inputUri, String outputUri) implements Serializable {

  /** Whether a URI is the input root or lies under it. */
  boolean holds(String uri) {
    return isIn(uri, inputUri);
  }

  /** Whether a URI is the output folder of the run or lies under it. */
  boolean isOutput(String uri) {
    return !outputUri.isEmpty() && isIn(uri, outputUri);
  }

  private static boolean isIn(String uri, String root) {
    return uri.equals(root) || uri.startsWith(root.endsWith("/") ? root : root + "/");
  }
}
