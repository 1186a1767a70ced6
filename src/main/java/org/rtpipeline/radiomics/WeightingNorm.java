package org.rtpipeline.radiomics;

/** How far a neighbour is when the matrices of all directions are merged by weight. */
public enum WeightingNorm {
  /** Largest of the distances along the axes. */
  INFINITY,
  /** Straight line. */
  EUCLIDEAN,
  /** Sum of the distances along the axes. */
  MANHATTAN,
  /** All directions weigh the same. */
  NO_WEIGHTING
}
