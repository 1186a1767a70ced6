package org.rtpipeline.phantom;

/**
 * What is true of one region of a made-up course, from closed forms.
 *
 * @param patientId patient it belongs to
 * @param roiName name of the region
 * @param shape kind of solid
 * @param volumeCm3 volume, cm3
 * @param dmeanGy mean dose, Gy
 * @param d95Gy dose that 95 % of the volume receives at least, Gy
 * @param dminGy lowest dose, Gy
 * @param dmaxGy highest dose, Gy
 * @param d98Gy as {@code d95Gy} for 98 %
 * @param d50Gy as {@code d95Gy} for 50 %
 * @param d5Gy as {@code d95Gy} for 5 %
 * @param d2Gy as {@code d95Gy} for 2 %
 */
public record TruthRow(
    String patientId,
    String roiName,
    String shape,
    double volumeCm3,
    double dmeanGy,
    double d95Gy,
    double dminGy,
    double dmaxGy,
    double d98Gy,
    double d50Gy,
    double d5Gy,
    double d2Gy) {

  private static final double MM3_PER_CM3 = 1000;

  /** The truth about a solid in a dose. */
  static TruthRow of(String patientId, PhantomRoi roi, DoseProfile dose) {
    Solid solid = roi.solid();
    return new TruthRow(
        patientId,
        roi.name(),
        solid.shape(),
        solid.volumeMm3() / MM3_PER_CM3,
        dose.meanGy(solid),
        dose.doseAtVolumeGy(solid, 95),
        dose.lowestGy(solid),
        dose.highestGy(solid),
        dose.doseAtVolumeGy(solid, 98),
        dose.doseAtVolumeGy(solid, 50),
        dose.doseAtVolumeGy(solid, 5),
        dose.doseAtVolumeGy(solid, 2));
  }
}
