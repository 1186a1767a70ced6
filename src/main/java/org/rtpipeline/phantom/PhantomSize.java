package org.rtpipeline.phantom;

/** How large a made-up course is. */
public enum PhantomSize {
  /** For tests and first looks: a few MB a patient. */
  SMALL(128, 3, 40, 3, 5),
  /** What a clinic sends: 512 x 512 x 150 CT, 25 to 40 ROIs, 2.5 mm dose. */
  CLINICAL(512, 0.9765625, 150, 2.5, 25);

  /** Thickness of the CT slices and of the slabs the solids are built on, mm. */
  static final double SLAB_MM = 3;

  private final int columns;
  private final double pixelMm;
  private final int slices;
  private final double doseSpacingMm;
  private final int fractions;

  PhantomSize(int columns, double pixelMm, int slices, double doseSpacingMm, int fractions) {
    this.columns = columns;
    this.pixelMm = pixelMm;
    this.slices = slices;
    this.doseSpacingMm = doseSpacingMm;
    this.fractions = fractions;
  }

  /** Columns, and as many rows, of the CT. */
  int columns() {
    return columns;
  }

  /** Distance of CT pixels, mm. */
  double pixelMm() {
    return pixelMm;
  }

  /** CT slices. */
  int slices() {
    return slices;
  }

  /** Distance of dose points along every axis, mm. */
  double doseSpacingMm() {
    return doseSpacingMm;
  }

  /** Treatment fractions, each with one record. */
  int fractions() {
    return fractions;
  }
}
