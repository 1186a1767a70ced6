package org.rtpipeline.segmentation;

/** Images of a course in which structures are found. */
public enum ImageKind {
  /** The planning CT. */
  CT,
  /** Every MR series that shows anatomy, each on its own grid. */
  MR
}
