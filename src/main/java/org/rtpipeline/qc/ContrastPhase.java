package org.rtpipeline.qc;

import java.util.Locale;

/** When after the injection of a contrast medium a CT was taken. */
public enum ContrastPhase {
  /** Without contrast medium in the blood. */
  NATIVE,
  /** First passage: arteries far brighter than veins and liver. */
  ARTERIAL,
  /** Arteries, veins and liver bright together. */
  PORTAL_VENOUS,
  /** The kidneys have passed contrast medium into the urine. */
  LATE,
  /** What was measured does not say. */
  UNKNOWN;

  /** The word in tables and exports. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
