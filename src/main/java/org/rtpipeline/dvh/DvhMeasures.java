package org.rtpipeline.dvh;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The numbers of a dose-volume row, in the order of its columns. */
public final class DvhMeasures implements Serializable {

  /** Highest dose in Gy that has a volume column. */
  public static final int HIGHEST_VOLUME_DOSE_GY = 60;

  private static final long serialVersionUID = 1L;

  private static final List<Measure> MEASURES = measures();

  private final double[] values;

  private DvhMeasures(double[] values) {
    this.values = values;
  }

  /** How one number is read. */
  @FunctionalInterface
  private interface Reading {
    OptionalDouble of(RoiDoseVolume volume, double rxGy);
  }

  /**
   * One number of the row.
   *
   * @param name column name
   * @param unit unit of the cells
   * @param meaning one sentence for the data dictionary
   * @param reading how it is read; a prescription of NaN is not known
   */
  private record Measure(String name, String unit, String meaning, Reading reading) {}

  /** Reads all numbers of a region. */
  static DvhMeasures of(RoiDoseVolume volume, @Nullable Double rxGy) {
    double rx = rxGy == null || !(rxGy > 0) ? Double.NaN : rxGy;
    double[] values = new double[MEASURES.size()];
    for (int m = 0; m < values.length; m++) {
      values[m] = MEASURES.get(m).reading.of(volume, rx).orElse(Double.NaN);
    }
    return new DvhMeasures(values);
  }

  /** No numbers at all. */
  static DvhMeasures none() {
    double[] values = new double[MEASURES.size()];
    Arrays.fill(values, Double.NaN);
    return new DvhMeasures(values);
  }

  /** Number of columns. */
  static int count() {
    return MEASURES.size();
  }

  static String name(int measure) {
    return MEASURES.get(measure).name;
  }

  static String unit(int measure) {
    return MEASURES.get(measure).unit;
  }

  static String meaning(int measure) {
    return MEASURES.get(measure).meaning;
  }

  /** One number by position; empty when it has no meaning for the region. */
  OptionalDouble value(int measure) {
    return Double.isNaN(values[measure])
        ? OptionalDouble.empty()
        : OptionalDouble.of(values[measure]);
  }

  /**
   * One number by the name of its column; empty when it has no meaning for the region.
   *
   * @param column such as {@code d95_gy}
   */
  public OptionalDouble value(String column) {
    for (int m = 0; m < values.length; m++) {
      if (name(m).equals(column)) {
        return value(m);
      }
    }
    throw new IllegalArgumentException("the table has no measure " + column);
  }

  /** Names of the numbers that are missing, in column order. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (int m = 0; m < values.length; m++) {
      if (Double.isNaN(values[m])) {
        missing.add(name(m));
      }
    }
    return missing;
  }

  private static OptionalDouble of(double value) {
    return OptionalDouble.of(value);
  }

  private static List<Measure> measures() {
    List<Measure> all = new ArrayList<>();
    all.add(new Measure("volume_cm3", "cm3", "Volume", (v, rx) -> of(v.volumeCm3())));
    all.add(
        new Measure(
            "volume_in_grid_cm3",
            "cm3",
            "Volume inside the dose grid; every dose and volume of the row refers to it",
            (v, rx) -> of(v.volumeInGridCm3())));
    all.add(
        new Measure(
            "volume_outside_grid_cm3",
            "cm3",
            "Volume over half a voxel outside the dose grid, whose dose is unknown",
            (v, rx) -> of(v.volumeOutsideGridCm3())));
    all.add(new Measure("dmin_gy", "Gy", "Lowest dose", (v, rx) -> v.minGy()));
    all.add(new Measure("dmax_gy", "Gy", "Highest dose", (v, rx) -> v.maxGy()));
    all.add(new Measure("dmean_gy", "Gy", "Mean dose", (v, rx) -> v.meanGy()));
    all.add(
        new Measure(
            "sd_gy", "Gy", "Standard deviation of the dose over the volume", (v, rx) -> v.sdGy()));
    for (int percent : new int[] {99, 98, 95, 50, 5, 2, 1}) {
      all.add(
          new Measure(
              "d" + percent + "_gy",
              "Gy",
              "Dose that " + percent + " % of the volume receives at least",
              (v, rx) -> v.doseAtVolumePct(percent)));
    }
    for (double cm3 : new double[] {0.03, 0.1, 1, 2}) {
      String text = cm3 < 1 ? Double.toString(cm3) : Integer.toString((int) cm3);
      all.add(
          new Measure(
              "d" + text.replace('.', 'p') + "cc_gy",
              "Gy",
              "Dose that the hottest " + text + " cm3 receive at least",
              (v, rx) -> v.doseAtVolumeCm3(cm3)));
    }
    all.add(
        new Measure(
            "hi",
            "",
            "Homogeneity index (D2% - D98%) / D50% (ICRU 83)",
            (v, rx) -> v.homogeneityIndex()));
    all.add(new Measure("spread_gy", "Gy", "Highest minus lowest dose", (v, rx) -> v.spreadGy()));
    all.add(
        new Measure(
            "integral_dose_gycm3",
            "Gy cm3",
            "Mean dose times volume",
            (v, rx) -> v.integralDoseGyCm3()));
    for (int percent : new int[] {95, 100}) {
      all.add(
          new Measure(
              "v" + percent + "rx_cm3",
              "cm3",
              "Volume that receives at least " + percent + " % of the prescribed dose",
              (v, rx) ->
                  Double.isNaN(rx)
                      ? OptionalDouble.empty()
                      : v.volumeAtDoseCm3(percent / 100.0 * rx)));
      all.add(
          new Measure(
              "v" + percent + "rx_pct",
              "%",
              "Share of the volume that receives at least " + percent + " % of the prescribed dose",
              (v, rx) ->
                  Double.isNaN(rx)
                      ? OptionalDouble.empty()
                      : v.volumeAtDosePct(percent / 100.0 * rx)));
    }
    for (int gy = 1; gy <= HIGHEST_VOLUME_DOSE_GY; gy++) {
      double doseGy = gy;
      all.add(
          new Measure(
              String.format(Locale.ROOT, "v%dgy_cm3", gy),
              "cm3",
              "Volume that receives at least " + gy + " Gy",
              (v, rx) -> v.volumeAtDoseCm3(doseGy)));
    }
    for (int gy = 1; gy <= HIGHEST_VOLUME_DOSE_GY; gy++) {
      double doseGy = gy;
      all.add(
          new Measure(
              String.format(Locale.ROOT, "v%dgy_pct", gy),
              "%",
              "Share of the volume that receives at least " + gy + " Gy",
              (v, rx) -> v.volumeAtDosePct(doseGy)));
    }
    return List.copyOf(all);
  }
}
