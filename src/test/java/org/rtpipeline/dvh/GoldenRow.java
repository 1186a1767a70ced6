package org.rtpipeline.dvh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * One solid in one dose gradient with its true values.
 *
 * @param shape name of the solid
 * @param gradient AP, SI or OBL
 * @param expected true values by column name; absent where there is none
 */
record GoldenRow(String shape, String gradient, Map<String, Double> expected) {

  static List<GoldenRow> all() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    GoldenRow.class.getResourceAsStream("/golden/dvh_analytic.csv")),
                StandardCharsets.UTF_8))) {
      List<String> lines = in.lines().filter(line -> !line.startsWith("#")).toList();
      String[] names = lines.get(0).split(",", -1);
      List<GoldenRow> rows = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",", -1);
        Map<String, Double> expected = new LinkedHashMap<>();
        for (int c = 2; c < cells.length; c++) {
          if (!cells[c].isEmpty()) {
            expected.put(names[c], Double.valueOf(cells[c]));
          }
        }
        rows.add(new GoldenRow(cells[0], cells[1], expected));
      }
      return rows;
    } catch (IOException e) {
      throw new IllegalStateException("golden table cannot be read", e);
    }
  }

  /** Our value under the name of a golden column. */
  static double measured(RoiDoseVolume volume, String column) {
    OptionalDouble value;
    if (column.equals("volume_cc")) {
      value = OptionalDouble.of(volume.volumeCm3());
    } else if (column.equals("Dmin_Gy")) {
      value = volume.minGy();
    } else if (column.equals("Dmax_Gy")) {
      value = volume.maxGy();
    } else if (column.equals("Dmean_Gy")) {
      value = volume.meanGy();
    } else if (column.endsWith("cc_Gy")) {
      value = volume.doseAtVolumeCm3(Double.parseDouble(column.substring(1, column.length() - 5)));
    } else if (column.startsWith("D")) {
      value = volume.doseAtVolumePct(Double.parseDouble(column.substring(1, column.length() - 3)));
    } else {
      value = volume.volumeAtDosePct(Double.parseDouble(column.substring(1, column.length() - 6)));
    }
    return value.orElseThrow();
  }
}
