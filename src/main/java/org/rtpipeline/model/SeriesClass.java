package org.rtpipeline.model;

/** What an image series is for, by what its headers say. */
public enum SeriesClass {
  /** The CT that a structure set was drawn on. */
  PLANNING_CT,
  /** Any other CT of diagnostic quality. */
  DIAGNOSTIC_CT,
  /** CT of a PET/CT examination. */
  PETCT_CT,
  /** Cone-beam CT of a treatment machine. */
  CBCT,
  /** Average over the phases of a 4DCT. */
  FOURDCT_AVERAGE,
  /** One phase of a 4DCT. */
  FOURDCT_PHASE,
  /** MR that shows anatomy: T1, T2, proton density and their relatives. */
  MR_ANATOMIC,
  /** MR that measures function: diffusion, perfusion, dynamic contrast. */
  MR_FUNCTIONAL,
  /** PET. */
  PET,
  /** Localisers, projections, reports and series too short to be a volume. */
  EXCLUDED
}
