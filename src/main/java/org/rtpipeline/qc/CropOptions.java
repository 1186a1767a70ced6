package org.rtpipeline.qc;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether structures are cut at the bounds of a region of the body, and which.
 *
 * @param mode whether anything is cut
 * @param region the region
 * @param superiorMarginMm over the upper landmark, mm; null for that of the region
 * @param inferiorMarginMm below the lower landmark, mm; null for that of the region
 * @param results what is computed of the cut structures
 */
public record CropOptions(
    Mode mode,
    CropRegion region,
    @Nullable Double superiorMarginMm,
    @Nullable Double inferiorMarginMm,
    List<Result> results)
    implements Serializable {

  /** Nothing is cut. */
  public static final CropOptions OFF =
      new CropOptions(Mode.OFF, CropRegion.PELVIS, null, null, List.of());

  /** Whether anything is cut. */
  public enum Mode {
    /** Structures stay as they are. */
    OFF,
    /** Cut copies are made beside them. */
    ON
  }

  /** What can be computed of cut structures. */
  public enum Result {
    /** Dose and volume. */
    DVH,
    /** Radiomics features. */
    RADIOMICS
  }

  /** Sorts what is asked for. */
  public CropOptions {
    results = results.stream().sorted().distinct().toList();
  }

  /** The margin over the upper landmark of a region, mm: the one asked for, if it is this one. */
  double superiorMm(CropRegion of) {
    return of == region && superiorMarginMm != null ? superiorMarginMm : of.superiorMm();
  }

  /** The margin below the lower landmark of a region, mm. */
  double inferiorMm(CropRegion of) {
    return of == region && inferiorMarginMm != null ? inferiorMarginMm : of.inferiorMm();
  }

  /** Everything that changes what is cut, and what is made of it, as canonical JSON. */
  public String json() {
    return String.format(
        Locale.ROOT,
        "{\"inferiorMarginMm\":%s,\"region\":\"%s\",\"results\":[%s],\"superiorMarginMm\":%s}",
        inferiorMm(region),
        region,
        results.stream().map(one -> '"' + one.name() + '"').collect(Collectors.joining(",")),
        superiorMm(region));
  }
}
