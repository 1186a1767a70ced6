package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A beam of a plan with its way through its control points.
 *
 * @param beam what the plan says of it as a whole
 * @param finalWeight final cumulative meterset weight (300A,010E); null when absent
 * @param devices jaws and leaves
 * @param controlPoints in the order of the object
 */
public record PlannedBeam(
    Beam beam, @Nullable Double finalWeight, List<Device> devices, List<ControlPoint> controlPoints)
    implements Serializable {

  /**
   * A beam limiting device (PS3.3 C.8.8.14).
   *
   * @param type RT beam limiting device type (300A,00B8)
   * @param boundariesMm leaf position boundaries (300A,00BE), one more than there are pairs; empty
   *     for jaws
   */
  public record Device(String type, List<Double> boundariesMm) implements Serializable {

    /** Copies the list. */
    public Device {
      boundariesMm = List.copyOf(boundariesMm);
    }
  }

  /** Copies the lists. */
  public PlannedBeam {
    devices = List.copyOf(devices);
    controlPoints = List.copyOf(controlPoints);
  }
}
