package org.rtpipeline.model;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was delivered in one session (PS3.3 C.8.8.21).
 *
 * @param sopInstanceUid the object
 * @param planUid referenced RT plan; null when absent
 * @param date treatment date (3008,0250); null when absent
 * @param time treatment time (3008,0251); null when absent
 * @param fractionNumber current fraction number (3008,0022); null when absent
 * @param machine treatment machine name; null when absent
 * @param beams in the order of the object
 * @param findings what was odd about the object
 */
public record TreatmentRecord(
    String sopInstanceUid,
    @Nullable String planUid,
    @Nullable LocalDate date,
    @Nullable LocalTime time,
    @Nullable Integer fractionNumber,
    @Nullable String machine,
    List<DeliveredBeam> beams,
    List<Finding> findings)
    implements Serializable {

  /** Copies the lists. */
  public TreatmentRecord {
    beams = List.copyOf(beams);
    findings = List.copyOf(findings);
  }

  /**
   * One delivered beam.
   *
   * @param beamNumber referenced beam number
   * @param specifiedMetersetMu specified primary meterset (3008,0032); null when absent
   * @param deliveredMetersetMu delivered primary meterset (3008,0036); null when absent
   * @param terminationStatus treatment termination status (3008,002A); null when absent
   * @param deliveryType treatment delivery type (300A,00CE); null when absent
   */
  public record DeliveredBeam(
      int beamNumber,
      @Nullable Double specifiedMetersetMu,
      @Nullable Double deliveredMetersetMu,
      @Nullable String terminationStatus,
      @Nullable String deliveryType)
      implements Serializable {}
}
