package org.rtpipeline.segmentation.worker;

import java.util.Locale;

/** What is tried when a model does not fit into memory, each in a fresh process. */
public enum Rung {
  /** The same once more. */
  RETRY("the same settings in a fresh process"),
  /** Sums of the tiles in host memory. */
  CPU_ACCUMULATE("sums of the tiles in host memory"),
  /** The image cropped to the body first. */
  BODY_CROP("the image cropped to the body"),
  /** The next coarser model. */
  LOWER_RESOLUTION("a model of 3 mm");

  private final String meaning;

  Rung(String meaning) {
    this.meaning = meaning;
  }

  /** What it changes, for findings. */
  public String meaning() {
    return meaning;
  }

  /** The word of the protocol and of configurations. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
