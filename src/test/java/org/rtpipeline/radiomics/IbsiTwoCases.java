package org.rtpipeline.radiomics;

import static org.rtpipeline.radiomics.Boundary.MIRROR;
import static org.rtpipeline.radiomics.Boundary.NEAREST;
import static org.rtpipeline.radiomics.Boundary.PERIODIC;
import static org.rtpipeline.radiomics.Boundary.ZERO;
import static org.rtpipeline.radiomics.TexturePlane.AXIAL;
import static org.rtpipeline.radiomics.TexturePlane.VOLUME;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtpipeline.radiomics.ResponseFilter.Gabor;
import org.rtpipeline.radiomics.ResponseFilter.GaborSlices;
import org.rtpipeline.radiomics.ResponseFilter.Laplacian;
import org.rtpipeline.radiomics.ResponseFilter.Laws;
import org.rtpipeline.radiomics.ResponseFilter.Mean;
import org.rtpipeline.radiomics.ResponseFilter.Riesz;
import org.rtpipeline.radiomics.ResponseFilter.SeparableWavelet;
import org.rtpipeline.radiomics.ResponseFilter.Simoncelli;

/** The filters of the reference maps and values of IBSI 2. */
final class IbsiTwoCases {

  /** A reference map: phantom and filter. */
  record MapCase(String phantom, ResponseFilter filter) {}

  private static final double TRUNCATION = 4;
  private static final int ENERGY = 7;

  private IbsiTwoCases() {}

  /** Phase 1, by name of the reference map. */
  static Map<String, MapCase> maps() {
    Map<String, MapCase> maps = new LinkedHashMap<>();
    int size = 15;
    maps.put("1_a_1", new MapCase("checkerboard", new Mean(size, VOLUME, ZERO)));
    maps.put("1_a_2", new MapCase("checkerboard", new Mean(size, VOLUME, NEAREST)));
    maps.put("1_a_3", new MapCase("checkerboard", new Mean(size, VOLUME, PERIODIC)));
    maps.put("1_a_4", new MapCase("checkerboard", new Mean(size, VOLUME, MIRROR)));
    maps.put("1_b_1", new MapCase("impulse", new Mean(size, AXIAL, ZERO)));
    Laplacian small = new Laplacian(3, TRUNCATION, VOLUME, ZERO);
    maps.put("2_a", new MapCase("impulse", small));
    maps.put("2_b", new MapCase("checkerboard", new Laplacian(5, TRUNCATION, VOLUME, MIRROR)));
    maps.put("2_c", new MapCase("checkerboard", new Laplacian(5, TRUNCATION, AXIAL, MIRROR)));
    laws(maps, "3_a", "impulse", List.of("E5", "L5", "S5"), VOLUME, ZERO);
    laws(maps, "3_b", "checkerboard", List.of("E3", "W5", "R5"), VOLUME, MIRROR);
    laws(maps, "3_c", "checkerboard", List.of("L5", "S5"), AXIAL, MIRROR);
    maps.put("4_a_1", new MapCase("impulse", gabor(10, 4, 0.5, List.of(60.0), ZERO)));
    maps.put("4_a_2", new MapCase("impulse", orthogonal(10, 4, 0.5, 45, ZERO)));
    maps.put("4_b_1", new MapCase("sphere", gabor(20, 8, 2.5, List.of(225.0), MIRROR)));
    maps.put("4_b_2", new MapCase("sphere", orthogonal(20, 8, 2.5, 22.5, MIRROR)));
    ResponsePooling none = ResponsePooling.NONE;
    ResponsePooling mean = ResponsePooling.MEAN;
    maps.put("5_a_1", new MapCase("impulse", wavelet("db2", "LHL", 1, none, ZERO)));
    maps.put("5_a_2", new MapCase("impulse", wavelet("db2", "LHL", 1, mean, ZERO)));
    maps.put("6_a_1", new MapCase("sphere", wavelet("coif1", "HHL", 1, none, PERIODIC)));
    maps.put("6_a_2", new MapCase("sphere", wavelet("coif1", "HHL", 1, mean, PERIODIC)));
    maps.put("7_a_1", new MapCase("checkerboard", wavelet("haar", "LLL", 2, mean, MIRROR)));
    maps.put("7_a_2", new MapCase("checkerboard", wavelet("haar", "HHH", 2, mean, MIRROR)));
    for (int level = 1; level <= 3; level++) {
      Simoncelli simoncelli = new Simoncelli(level, VOLUME, PERIODIC);
      maps.put("8_a_" + level, new MapCase("checkerboard", simoncelli));
    }
    maps.put("9_a", new MapCase("impulse", new Riesz(small, List.of(1, 0, 0))));
    maps.put("9_b_1", new MapCase("sphere", new Riesz(small, List.of(0, 2, 0))));
    maps.put(
        "10_b_1",
        new MapCase("pattern_1", new Riesz(new Simoncelli(1, VOLUME, NEAREST), List.of(0, 2, 0))));
    return maps;
  }

  private static void laws(
      Map<String, MapCase> maps,
      String name,
      String phantom,
      List<String> kernels,
      TexturePlane plane,
      Boundary boundary) {
    ResponsePooling max = ResponsePooling.MAX;
    Laws alone = new Laws(kernels, ResponsePooling.NONE, 0, plane, boundary);
    maps.put(name + "_1", new MapCase(phantom, alone));
    maps.put(name + "_2", new MapCase(phantom, new Laws(kernels, max, 0, plane, boundary)));
    maps.put(name + "_3", new MapCase(phantom, new Laws(kernels, max, ENERGY, plane, boundary)));
  }

  private static Gabor gabor(
      double sigmaMm, double lambdaMm, double gamma, List<Double> thetasDeg, Boundary boundary) {
    return new Gabor(sigmaMm, lambdaMm, gamma, thetasDeg, GaborSlices.AXIAL, boundary);
  }

  private static Gabor orthogonal(
      double sigmaMm, double lambdaMm, double gamma, double stepDeg, Boundary boundary) {
    return new Gabor(
        sigmaMm, lambdaMm, gamma, Gabor.turn(stepDeg), GaborSlices.ORTHOGONAL, boundary);
  }

  private static SeparableWavelet wavelet(
      String family, String band, int level, ResponsePooling pooling, Boundary boundary) {
    TexturePlane plane = band.length() == 3 ? VOLUME : AXIAL;
    return new SeparableWavelet(family, band, level, pooling, plane, boundary);
  }

  /**
   * Phase 2, by id of the filter without its suffix for slices (A) or volume (B). The consensus has
   * the Simoncelli wavelet on the frequencies of the image itself, without extension.
   */
  static Map<String, ResponseFilter> filters(TexturePlane plane) {
    boolean isVolume = plane == VOLUME;
    ResponsePooling mean = ResponsePooling.MEAN;
    Map<String, ResponseFilter> filters = new LinkedHashMap<>();
    filters.put("2", new Mean(5, plane, MIRROR));
    filters.put("3", new Laplacian(1.5, TRUNCATION, plane, MIRROR));
    List<String> kernels = isVolume ? List.of("L5", "E5", "E5") : List.of("L5", "E5");
    filters.put("4", new Laws(kernels, ResponsePooling.MAX, ENERGY, plane, MIRROR));
    filters.put(
        "5",
        isVolume
            ? orthogonal(5, 2, 1.5, 22.5, MIRROR)
            : gabor(5, 2, 1.5, Gabor.turn(22.5), MIRROR));
    filters.put("6", wavelet("db3", isVolume ? "LLH" : "LH", 1, mean, MIRROR));
    filters.put("7", wavelet("db3", isVolume ? "HHH" : "HH", 2, mean, MIRROR));
    filters.put("8", new Simoncelli(1, plane, PERIODIC));
    filters.put("9", new Simoncelli(2, plane, PERIODIC));
    return filters;
  }
}
