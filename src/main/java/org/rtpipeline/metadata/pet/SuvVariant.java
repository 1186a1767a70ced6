package org.rtpipeline.metadata.pet;

/** What an uptake value is divided by (PS3.3 C.8.9.1, SUV Type). */
public enum SuvVariant {
  /** Body weight, g/ml. */
  BODY_WEIGHT,
  /** Lean body mass of Janmahasatian 2005, g/ml. */
  LEAN_JANMAHASATIAN,
  /** Lean body mass of James 1976 with the factor 128 for men, g/ml. */
  LEAN_JAMES,
  /** Body surface area of Du Bois 1916, cm²/ml. */
  BODY_SURFACE
}
