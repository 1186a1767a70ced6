package org.rtpipeline.structures;

/** How the voxels of one structure change those of another. */
public enum SetRule {
  /** In either. */
  UNION,
  /** In both. */
  INTERSECTION,
  /** In the first, not in the other. */
  SUBTRACT,
  /** In exactly one. */
  XOR;

  boolean of(boolean first, boolean other) {
    return switch (this) {
      case UNION -> first || other;
      case INTERSECTION -> first && other;
      case SUBTRACT -> first && !other;
      case XOR -> first != other;
    };
  }
}
