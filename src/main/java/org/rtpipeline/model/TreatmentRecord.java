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
 * @param deliveredDoseGy highest calculated dose reference dose value (3008,0076), Gy; null when
 *     absent
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
    @Nullable Double deliveredDoseGy,
    List<DeliveredBeam> beams,
    List<Finding> findings)
    implements Serializable {

  /** Copies the lists. */
  public TreatmentRecord {
    beams = List.copyOf(beams);
    findings = List.copyOf(findings);
  }

  /** A record without calculated dose. */
  public TreatmentRecord(
      String sopInstanceUid,
      @Nullable String planUid,
      @Nullable LocalDate date,
      @Nullable LocalTime time,
      @Nullable Integer fractionNumber,
      @Nullable String machine,
      List<DeliveredBeam> beams,
      List<Finding> findings) {
    this(sopInstanceUid, planUid, date, time, fractionNumber, machine, null, beams, findings);
  }

  /**
   * One delivered beam, or one delivered application setup of brachytherapy.
   *
   * @param beamNumber referenced beam number; of brachytherapy the referenced application setup
   * @param specifiedMetersetMu specified primary meterset (3008,0032); null when absent
   * @param deliveredMetersetMu delivered primary meterset (3008,0036); null when absent
   * @param terminationStatus treatment termination status (3008,002A); null when absent
   * @param deliveryType treatment delivery type (300A,00CE); null when absent
   * @param verificationStatus treatment verification status (3008,002C); null when absent
   * @param fractionNumber current fraction number (3008,0022) of this delivery; null when absent
   * @param specifiedTimeS specified channel total times (3008,0132), s; null but for brachytherapy
   * @param deliveredTimeS delivered channel total times (3008,0134), s; null but for brachytherapy
   * @param overridden attributes that were overridden (3008,0062), as {@code (300A,011E)}
   */
  public record DeliveredBeam(
      int beamNumber,
      @Nullable Double specifiedMetersetMu,
      @Nullable Double deliveredMetersetMu,
      @Nullable String terminationStatus,
      @Nullable String deliveryType,
      @Nullable String verificationStatus,
      @Nullable Integer fractionNumber,
      @Nullable Double specifiedTimeS,
      @Nullable Double deliveredTimeS,
      List<String> overridden)
      implements Serializable {

    /** Share of the specified meterset from which a beam counts as delivered. */
    public static final double WHOLE_SHARE = 0.99;

    /** Copies the list. */
    public DeliveredBeam {
      overridden = List.copyOf(overridden);
    }

    /** A beam of which only the metersets and the end are known. */
    public DeliveredBeam(
        int beamNumber,
        @Nullable Double specifiedMetersetMu,
        @Nullable Double deliveredMetersetMu,
        @Nullable String terminationStatus,
        @Nullable String deliveryType) {
      this(
          beamNumber,
          specifiedMetersetMu,
          deliveredMetersetMu,
          terminationStatus,
          deliveryType,
          null,
          null,
          null,
          null,
          List.of());
    }

    /** True for a delivery that treats: its type is TREATMENT, CONTINUATION or absent. */
    public boolean isTreatment() {
      return deliveryType == null
          || deliveryType.equals("TREATMENT")
          || deliveryType.equals("CONTINUATION");
    }

    /** True when this delivery alone reached the meterset, or where that is not said, its end. */
    public boolean isWhole() {
      return (specifiedMetersetMu == null || deliveredMetersetMu == null)
          ? "NORMAL".equals(terminationStatus)
          : deliveredMetersetMu >= WHOLE_SHARE * specifiedMetersetMu;
    }
  }
}
