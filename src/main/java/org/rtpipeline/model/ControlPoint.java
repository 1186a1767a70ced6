package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One control point of a beam with everything that holds there (PS3.3 C.8.8.14.5): what a control
 * point leaves out is as it was at the one before.
 *
 * @param cumulativeWeight cumulative meterset weight (300A,0134); null when absent
 * @param energyMv nominal beam energy (300A,0114), MV for photons, MeV otherwise; null when absent
 * @param gantryDeg gantry angle (300A,011E); null when absent
 * @param gantryRotation gantry rotation direction (300A,011F) to the next control point: CW, CC or
 *     NONE; null when absent
 * @param collimatorDeg beam limiting device angle (300A,0120); null when absent
 * @param couchDeg patient support angle (300A,0122); null when absent
 * @param devices positions of jaws and leaves, in the order of the object
 */
public record ControlPoint(
    @Nullable Double cumulativeWeight,
    @Nullable Double energyMv,
    @Nullable Double gantryDeg,
    @Nullable String gantryRotation,
    @Nullable Double collimatorDeg,
    @Nullable Double couchDeg,
    List<Positions> devices)
    implements Serializable {

  /**
   * Where the jaws or leaves of one device stand.
   *
   * @param type RT beam limiting device type (300A,00B8), such as ASYMX or MLCX
   * @param positionsMm leaf and jaw positions (300A,011C) at the isocentre: those of the first
   *     bank, then those of the second
   */
  public record Positions(String type, List<Double> positionsMm) implements Serializable {

    /** Copies the list. */
    public Positions {
      positionsMm = List.copyOf(positionsMm);
    }
  }

  /** Copies the list. */
  public ControlPoint {
    devices = List.copyOf(devices);
  }

  /** Positions of a device, mm; empty when none is given. */
  public Optional<List<Double>> positionsMm(String type) {
    return devices.stream()
        .filter(device -> device.type().equals(type))
        .map(Positions::positionsMm)
        .findFirst();
  }
}
