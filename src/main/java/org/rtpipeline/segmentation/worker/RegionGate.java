package org.rtpipeline.segmentation.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rtpipeline.model.BodyRegion;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageRegions;
import org.rtpipeline.segmentation.SegmentationException;
import org.rtpipeline.segmentation.SegmentationInput;

/**
 * The regions of the body that a model needs, looked for in a CT before the model is asked. A
 * region that the image does not show keeps the model from it; one that the image cannot tell of,
 * or is less sure of than the model wants, is a warning.
 *
 * @param wanted regions that the image must show
 * @param leastSure how sure the image must be of them for no warning, 0 to 1
 */
record RegionGate(Set<BodyRegion> wanted, double leastSure) {

  /** Refuses a measure that nothing reaches. */
  RegionGate {
    wanted = Set.copyOf(wanted);
    if (!(leastSure >= 0 && leastSure <= 1)) {
      throw new IllegalArgumentException(
          "min_region_confidence is " + leastSure + ", expected 0 to 1");
    }
  }

  /**
   * What a reader of the result must know of the regions.
   *
   * @throws SegmentationException when the image does not show one of them
   */
  List<Finding> pass(SegmentationInput input) throws SegmentationException {
    if (wanted.isEmpty()) {
      return List.of();
    }
    Optional<Map<BodyRegion, Double>> shown =
        input.modality().equals("CT") ? ImageRegions.of(input.volume()) : Optional.empty();
    List<Finding> findings = new ArrayList<>();
    for (BodyRegion region : BodyRegion.values()) {
      if (wanted.contains(region)) {
        pass(input, region, shown.map(sure -> sure.get(region))).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private Optional<Finding> pass(SegmentationInput input, BodyRegion region, Optional<Double> shown)
      throws SegmentationException {
    if (shown.isEmpty()) {
      return Optional.of(
          warning(
              input,
              Finding.Code.SEGMENTER_DEGRADED,
              "the model needs " + region + ", and the image does not tell whether it shows it"));
    }
    double sure = shown.get();
    if (sure < ImageRegions.SHOWN) {
      throw SegmentationException.of(
          Finding.Level.SKIP_STAGE,
          Finding.Code.BODY_REGION_ABSENT,
          input,
          "the model needs " + region + ", which the image does not show");
    }
    return sure >= leastSure
        ? Optional.empty()
        : Optional.of(
            warning(
                input,
                Finding.Code.BODY_REGION_ABSENT,
                String.format(
                    Locale.ROOT,
                    "it is sure to %.2f that the image shows %s, the model asks for %.2f",
                    sure,
                    region,
                    leastSure)));
  }

  private static Finding warning(SegmentationInput input, Finding.Code code, String message) {
    return new Finding(Finding.Level.WARN, code, input.course().key(), message);
  }
}
