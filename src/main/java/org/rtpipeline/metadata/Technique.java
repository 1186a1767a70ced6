package org.rtpipeline.metadata;

/** How a beam is delivered, as its control points show. */
public enum Technique {
  /** Gantry at rest, few apertures. */
  STATIC,
  /** Gantry at rest, leaves move through many apertures. */
  IMRT,
  /** Gantry turns at a constant meterset per degree. */
  ARC,
  /** Gantry turns while leaves move and the meterset per degree changes. */
  VMAT,
  /** Electrons. */
  ELECTRON,
  /** Protons or heavier ions. */
  ION,
  /** Sources inside the patient. */
  BRACHYTHERAPY,
  /** The control points do not say. */
  UNKNOWN
}
