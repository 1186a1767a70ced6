package org.rtpipeline.dvh;

import java.io.Serializable;

/**
 * What a job wants of doses and volumes.
 *
 * @param options how they are computed
 * @param metrics what is read beyond the fixed columns
 */
public record DvhRequest(DvhOptions options, MetricRequest metrics) implements Serializable {

  /** The defaults, and nothing beyond the fixed columns. */
  public static final DvhRequest STANDARD = new DvhRequest(DvhOptions.DEFAULT, MetricRequest.NONE);
}
