package org.rtpipeline.radiomics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What this engine computes beside what the consensus of IBSI 2 says. */
final class IbsiTwoResults {

  /**
   * A response map beside its reference.
   *
   * @param apart greatest absolute difference
   * @param tolerance one hundredth of the range of the reference
   */
  record MapResult(String name, String phantom, double apart, double tolerance) {
    boolean passes() {
      return apart <= tolerance;
    }
  }

  /** A statistic beside its reference; consensus and tolerance are NaN where there is none. */
  record Value(
      String filter, String feature, String tag, double value, double consensus, double tolerance) {
    boolean hasConsensus() {
      return !Double.isNaN(consensus);
    }

    /** Rounding of the difference of two decimal numbers is no fault of the value. */
    boolean passes() {
      return Math.abs(value - consensus) <= tolerance * (1 + 1e-9);
    }
  }

  private static final double SHARE_OF_RANGE = 0.01;

  private IbsiTwoResults() {}

  private static final class Maps {
    private static final List<MapResult> ALL = compareMaps();
  }

  private static final class Values {
    private static final List<Value> ALL = compareValues();
  }

  /** Phase 1; computed once. The caller asks for the reference data first. */
  static List<MapResult> maps() {
    ReferenceCases.folder();
    return Maps.ALL;
  }

  /** Phase 2; computed once. */
  static List<Value> values() {
    ReferenceCases.folder();
    return Values.ALL;
  }

  private static List<MapResult> compareMaps() {
    List<MapResult> results = new ArrayList<>();
    IbsiTwoCases.maps()
        .forEach(
            (name, map) -> {
              Raster phantom =
                  ReferenceCases.raster(
                      ReferenceCases.stored("ibsi2/phantoms/" + map.phantom() + ".nii.gz"));
              Raster reference =
                  ReferenceCases.raster(
                      ReferenceCases.stored("ibsi2/response_maps/" + name + ".nii.gz"));
              results.add(compare(name, map, ResponseMaps.of(map.filter(), phantom), reference));
            });
    return results;
  }

  private static MapResult compare(
      String name, IbsiTwoCases.MapCase map, Raster response, Raster reference) {
    double apart = 0;
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < reference.size().voxels(); i++) {
      apart = Math.max(apart, Math.abs(response.at(i) - reference.at(i)));
      least = Math.min(least, reference.at(i));
      greatest = Math.max(greatest, reference.at(i));
    }
    return new MapResult(name, map.phantom(), apart, SHARE_OF_RANGE * (greatest - least));
  }

  private static List<Value> compareValues() {
    Map<String, Map<String, Double>> computed = new LinkedHashMap<>();
    add(computed, "A", CtPhantom.asGiven(), TexturePlane.AXIAL);
    add(computed, "B", CtPhantom.atOneMm(), TexturePlane.VOLUME);
    List<Value> values = new ArrayList<>();
    Path table = ReferenceCases.folder().resolve("ibsi2/reference_values.csv");
    try {
      List<String> lines = Files.readAllLines(table);
      for (String line : lines.subList(1, lines.size())) {
        List<String> cells = List.of(line.split(",", -1));
        double value = computed.get(cells.get(0)).get(cells.get(2));
        values.add(
            new Value(
                cells.get(0),
                cells.get(1),
                cells.get(2),
                value,
                number(cells.get(3)),
                number(cells.get(4))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }

  private static void add(
      Map<String, Map<String, Double>> to, String suffix, CtPhantom phantom, TexturePlane plane) {
    to.put("1." + suffix, phantom.statistics(phantom.intensities()));
    IbsiTwoCases.filters(plane)
        .forEach(
            (id, filter) ->
                to.put(id + "." + suffix, phantom.statistics(phantom.response(filter))));
  }
}
