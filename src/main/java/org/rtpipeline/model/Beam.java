package org.rtpipeline.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One beam of a plan (PS3.3 C.8.8.14, ion beams C.8.8.25).
 *
 * @param number beam number
 * @param name beam name, empty when absent
 * @param type STATIC or DYNAMIC; null when absent
 * @param deliveryType treatment delivery type, such as TREATMENT or SETUP; null when absent
 * @param radiationType such as PHOTON; null when absent
 * @param treatmentMachine treatment machine name; null when absent
 * @param nominalEnergyMv energy of the first control point, MV for photons, MeV otherwise; null
 *     when absent
 * @param controlPoints number of control points
 * @param metersetMu beam meterset of the first fraction group that names the beam; null when absent
 */
public record Beam(
    int number,
    String name,
    @Nullable String type,
    @Nullable String deliveryType,
    @Nullable String radiationType,
    @Nullable String treatmentMachine,
    @Nullable Double nominalEnergyMv,
    int controlPoints,
    @Nullable Double metersetMu)
    implements Serializable {

  /** True for a beam that delivers treatment dose: its delivery type is TREATMENT or absent. */
  public boolean isTreatment() {
    return deliveryType == null || deliveryType.equals("TREATMENT");
  }
}
