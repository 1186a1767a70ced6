package org.rtpipeline.radiomics;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rtpipeline.model.Tracer;

/**
 * Which regions of a course are computed, and by which parameters.
 *
 * @param parameters by the modality of the image, as CT
 * @param petParameters of PET images, by what was given
 * @param skipped names of regions that are left out
 * @param limits sizes of regions
 */
public record RadiomicsSettings(
    Map<String, ParameterSet> parameters,
    Map<Tracer.Family, ParameterSet> petParameters,
    List<String> skipped,
    Limits limits)
    implements Serializable {

  /** What happens to regions over the upper limit. */
  public enum LargeRois {
    /** Shape and first order of the original image, at 2 mm. */
    REDUCED,
    /** Nothing; their row says why. */
    SKIP
  }

  /**
   * Sizes of regions.
   *
   * @param minVoxels regions of fewer voxels of the image are left out
   * @param maxVoxels regions of more voxels, after resampling, are large
   * @param largeRois what happens to large regions
   * @param sharedBytes memory for what regions of an image share; changes no number
   */
  public record Limits(int minVoxels, long maxVoxels, LargeRois largeRois, long sharedBytes)
      implements Serializable {}

  /** Copies the collections. */
  public RadiomicsSettings {
    parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
    petParameters = java.util.Collections.unmodifiableMap(new TreeMap<>(petParameters));
    skipped = List.copyOf(skipped);
  }

  /** Settings that compute nothing of PET. */
  public RadiomicsSettings(
      Map<String, ParameterSet> parameters, List<String> skipped, Limits limits) {
    this(parameters, Map.of(), skipped, limits);
  }

  /** The parameters for PET images; empty when such images are not computed. */
  public Optional<ParameterSet> of(Tracer.Family tracers) {
    return Optional.ofNullable(petParameters.get(tracers));
  }

  /** The parameters for images of a modality; empty when such images are not computed. */
  public Optional<ParameterSet> of(String modality) {
    return Optional.ofNullable(parameters.get(modality));
  }

  /** Whether a region is left out by its name; case, blanks and signs do not matter. */
  public boolean skips(String roiName) {
    return letters().contains(letters(roiName));
  }

  private Set<String> letters() {
    return skipped.stream().map(RadiomicsSettings::letters).collect(Collectors.toSet());
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** Everything that changes a number, as canonical JSON. */
  public String json() {
    String sets = digests(parameters);
    String names =
        letters().stream().sorted().map(n -> "\"" + n + "\"").collect(Collectors.joining(","));
    return String.format(
        Locale.ROOT,
        "{\"largeRois\":\"%s\",\"maxVoxels\":%d,\"minVoxels\":%d,\"parameters\":{%s},"
            + "\"petParameters\":{%s},\"skipped\":[%s]}",
        limits.largeRois(),
        limits.maxVoxels(),
        limits.minVoxels(),
        sets,
        digests(petParameters),
        names);
  }

  private static String digests(Map<?, ParameterSet> sets) {
    return sets.entrySet().stream()
        .map(set -> "\"" + set.getKey() + "\":\"" + set.getValue().sha256() + "\"")
        .collect(Collectors.joining(","));
  }
}
