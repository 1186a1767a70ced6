package org.rtpipeline.radiomics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Low-pass and high-pass decomposition taps of a wavelet (Daubechies 1992; Cohen, Daubechies and
 * Feauveau 1992).
 *
 * @param low taps of the low-pass filter, an even count, their sum the root of 2
 * @param high low-pass taps of the dual wavelet in reverse, signs alternating, the first negative;
 *     orthogonal wavelets are their own duals
 */
record WaveletFilter(List<Double> low, List<Double> high) {

  private static final String TABLE = "wavelets.csv";

  private static final Map<String, List<Double>> LOW = read();

  /**
   * Taps of a wavelet by its usual name, such as coif1, db2, bior2.4 or haar.
   *
   * @throws IllegalArgumentException naming the families that are known
   */
  static WaveletFilter of(String family) {
    String name = family.toLowerCase(Locale.ROOT);
    List<Double> low = LOW.get(name.equals("haar") ? "db1" : name);
    if (low == null) {
      throw new IllegalArgumentException(
          "wavelet "
              + family
              + " is not known; known are haar, "
              + String.join(", ", LOW.keySet()));
    }
    List<Double> dual = LOW.getOrDefault(dualOf(name), low);
    Double[] high = new Double[dual.size()];
    for (int i = 0; i < high.length; i++) {
      double tap = dual.get(high.length - 1 - i);
      high[i] = i % 2 == 0 ? -tap : tap;
    }
    return new WaveletFilter(low, List.of(high));
  }

  private static String dualOf(String name) {
    if (name.startsWith("rbio")) {
      return name.replace("rbio", "bior");
    }
    return name.replace("bior", "rbio");
  }

  /** Names of all wavelets of the table, in its order. */
  static List<String> names() {
    return List.copyOf(LOW.keySet());
  }

  /**
   * Taps in single precision. Coiflets are tabulated for a sum of 1 and multiplied by the root of 2
   * in single precision, as PyWavelets does.
   */
  static float[] single(String family, List<Double> taps) {
    float root = (float) Math.sqrt(2);
    boolean isScaled = family.toLowerCase(Locale.ROOT).startsWith("coif");
    float[] out = new float[taps.size()];
    for (int i = 0; i < out.length; i++) {
      double tap = taps.get(i);
      out[i] = isScaled ? (float) (tap / Math.sqrt(2)) * root : (float) tap;
    }
    return out;
  }

  private static Map<String, List<Double>> read() {
    Map<String, List<Double>> table = new LinkedHashMap<>();
    try (InputStream in = WaveletFilter.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException(TABLE + " is not on the class path");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          List<String> cells = List.of(line.split(",", -1));
          List<Double> taps = new ArrayList<>();
          cells.subList(1, cells.size()).forEach(cell -> taps.add(Double.parseDouble(cell)));
          table.put(cells.get(0), List.copyOf(taps));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return java.util.Collections.unmodifiableMap(table);
  }
}
