package org.rtpipeline.radiomics;

/** In which directions texture looks for neighbours. */
public enum TexturePlane {
  /** In all, across planes too. */
  VOLUME,
  /** Within planes of equal z (PyRadiomics force2Ddimension 0). */
  AXIAL,
  /** Within planes of equal y (PyRadiomics force2Ddimension 1). */
  CORONAL,
  /** Within planes of equal x (PyRadiomics force2Ddimension 2). */
  SAGITTAL;

  boolean holds(Direction step) {
    return switch (this) {
      case VOLUME -> true;
      case AXIAL -> step.dz() == 0;
      case CORONAL -> step.dy() == 0;
      case SAGITTAL -> step.dx() == 0;
    };
  }

  /** True when the plane runs along axis 0 (x), 1 (y) or 2 (z). */
  boolean contains(int axis) {
    return switch (this) {
      case VOLUME -> true;
      case AXIAL -> axis != 2;
      case CORONAL -> axis != 1;
      case SAGITTAL -> axis != 0;
    };
  }
}
