package org.rtpipeline.dvh;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which objects a dose-volume row was computed from, and by which rules they were chosen.
 *
 * @param structures the structure set
 * @param dose the dose
 * @param prescription what the target was meant to receive
 * @param options model of the calculation
 */
public record DvhSource(
    Structures structures, Dose dose, PrescribedDose prescription, DvhOptions options)
    implements Serializable {

  /**
   * The structure set of a row.
   *
   * @param uid SOP instance UID
   * @param label structure set label
   * @param segmentationSource where the contours come from, such as {@code Manual}
   * @param rule name of the rule that chose it
   * @param reason one sentence with the evidence
   * @param planStructureSetUids structure sets that the plans refer to
   */
  public record Structures(
      String uid,
      String label,
      String segmentationSource,
      String rule,
      String reason,
      List<String> planStructureSetUids)
      implements Serializable {
    /** Copies the list. */
    public Structures {
      planStructureSetUids = List.copyOf(planStructureSetUids);
    }
  }

  /**
   * The dose of a row.
   *
   * @param uid SOP instance UID, or the key of a sum; null when there is no dose
   * @param rule name of the rule that chose it
   * @param reason one sentence with the evidence
   * @param summationType dose summation type of the result; null when unknown
   * @param sourceUids SOP instance UIDs of the doses it was made from
   * @param sourceSummationTypes their summation types, in the same order
   * @param sourcePlanUids plans they refer to
   */
  public record Dose(
      @Nullable String uid,
      String rule,
      String reason,
      @Nullable String summationType,
      List<String> sourceUids,
      List<String> sourceSummationTypes,
      List<String> sourcePlanUids)
      implements Serializable {
    /** Copies the lists. */
    public Dose {
      sourceUids = List.copyOf(sourceUids);
      sourceSummationTypes = List.copyOf(sourceSummationTypes);
      sourcePlanUids = List.copyOf(sourcePlanUids);
    }
  }

  /**
   * What the target was meant to receive.
   *
   * @param gy prescribed dose, Gy; null when not known
   * @param source where the number comes from, or why there is none
   * @param gyByRoi dose prescribed to single regions of the structure set, Gy, by ROI number
   */
  public record PrescribedDose(@Nullable Double gy, String source, Map<Integer, Double> gyByRoi)
      implements Serializable {
    /** Copies the map. */
    public PrescribedDose {
      gyByRoi = Map.copyOf(gyByRoi);
    }

    /** A prescription to no region by its number. */
    public PrescribedDose(@Nullable Double gy, String source) {
      this(gy, source, Map.of());
    }

    /** The same for a structure set that the plans do not refer to: its numbers say nothing. */
    public PrescribedDose withoutRegions() {
      return new PrescribedDose(gy, source);
    }

    /** No prescription, and why. */
    public static PrescribedDose unknown(String why) {
      return new PrescribedDose(null, why);
    }
  }

  /**
   * In how many fractions the dose is given.
   *
   * @param count planned fractions; null when not known
   * @param source where the number comes from, or why there is none
   */
  public record Fractions(@Nullable Integer count, String source) implements Serializable {
    /** No number, and why. */
    public static Fractions unknown(String why) {
      return new Fractions(null, why);
    }
  }
}
