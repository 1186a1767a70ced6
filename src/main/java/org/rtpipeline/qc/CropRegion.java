package org.rtpipeline.qc;

import org.rtpipeline.model.BodyRegion;

/** A part of the body between landmarks, with the margins that the Python rtpipeline has. */
public enum CropRegion {
  /** From the top of L1 to 10 cm below the femoral heads. */
  PELVIS(0, 10),
  /** From 2 cm over C7 to 2 cm below L1. */
  THORAX(2, 2),
  /** From 2 cm over T12 to 2 cm below L5. */
  ABDOMEN(2, 2),
  /** From 2 cm over the brain to 2 cm below C7. */
  HEAD_NECK(2, 2),
  /** The brain and 1 cm on either side. */
  BRAIN(1, 1);

  private final double superiorCm;
  private final double inferiorCm;

  CropRegion(double superiorCm, double inferiorCm) {
    this.superiorCm = superiorCm;
    this.inferiorCm = inferiorCm;
  }

  /** The part of the body that an image shows when it shows anything of this region. */
  public BodyRegion within() {
    return this == BRAIN ? BodyRegion.HEAD_NECK : BodyRegion.valueOf(name());
  }

  /** Margin over the upper landmark unless another is asked for, mm. */
  double superiorMm() {
    return 10 * superiorCm;
  }

  /** Margin below the lower landmark unless another is asked for, mm. */
  double inferiorMm() {
    return 10 * inferiorCm;
  }
}
