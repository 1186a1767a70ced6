package org.rtpipeline.qc;

/** What a reader must know of bounds between landmarks. */
public enum CropFlag {
  /** A bound has no landmark: it is left open. */
  MISSING_LANDMARK,
  /** A bound rests on the second choice of landmark, so cohorts with both are not alike. */
  FALLBACK_LANDMARK,
  /** The landmark ends where the scan ends: it may go on beyond. */
  LANDMARK_AT_SCAN_END,
  /** A landmark is far too low or too high, or not in its place among others from head to foot. */
  IMPLAUSIBLE_LANDMARK,
  /** Only one of a left and a right landmark is there. */
  ONE_SIDE,
  /** The femoral head is taken as the upper 50 mm of the femur. */
  HEAD_FROM_FEMUR,
  /** A bound lies beyond the scan and was moved to its end. */
  CLAMPED,
  /** There is no planning CT to hold the bounds against. */
  NO_SCAN,
  /** The bounds leave nothing of the scan. */
  EMPTY
}
