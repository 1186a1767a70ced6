package org.rtpipeline.metadata.pet;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which PET series are turned into uptake values, and which values features are computed of.
 *
 * @param corrections words that corrected image (0028,0051) must hold
 * @param decayGuardTolerance largest relative difference of a decay factor from its frame time
 * @param maxUptakeHours longest time from injection to scan
 * @param primaryExtent part of the longest series that a primary reconstruction must cover
 * @param suv the uptake value of features
 */
public record PetOptions(
    List<String> corrections,
    double decayGuardTolerance,
    double maxUptakeHours,
    double primaryExtent,
    SuvVariant suv)
    implements Serializable {

  /** Copies the list. */
  public PetOptions {
    corrections = List.copyOf(corrections);
  }

  /** Everything that changes a number, as canonical JSON. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"corrections\":[%s],\"decayGuardTolerance\":%s,\"maxUptakeHours\":%s,"
            + "\"primaryExtent\":%s,\"suv\":\"%s\"}",
        corrections.stream().sorted().map(c -> "\"" + c + "\"").collect(Collectors.joining(",")),
        decayGuardTolerance,
        maxUptakeHours,
        primaryExtent,
        suv);
  }
}
