package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rtpipeline.radiomics.ResponseFilter.GaborSlices;
import org.rtpipeline.yaml.YamlText.Mapping;
import org.rtpipeline.yaml.YamlText.Node;
import org.rtpipeline.yaml.YamlText.Scalar;

/** Reads the filters of IBSI 2 from a parameter file of the IBSI mode. */
final class ResponseParameters {

  private static final double TRUNCATION = 4;

  private static final Map<String, TexturePlane> PLANES =
      Map.of("2D", TexturePlane.AXIAL, "3D", TexturePlane.VOLUME);

  private static final Map<String, Boundary> BOUNDARIES =
      Map.of(
          "zero", Boundary.ZERO,
          "nearest", Boundary.NEAREST,
          "periodic", Boundary.PERIODIC,
          "mirror", Boundary.MIRROR);

  private static final Map<String, ResponsePooling> POOLINGS =
      Map.of(
          "none", ResponsePooling.NONE,
          "mean", ResponsePooling.MEAN,
          "max", ResponsePooling.MAX);

  private static final Map<String, GaborSlices> SLICES =
      Map.of("axial", GaborSlices.AXIAL, "orthogonal", GaborSlices.ORTHOGONAL);

  private final ParameterReading reading;

  ResponseParameters(ParameterReading reading) {
    this.reading = reading;
  }

  /**
   * A filter; empty when something about it is wrong.
   *
   * @param besides keys that someone else reads
   */
  Optional<ResponseFilter> filter(Mapping own, String... besides) {
    String kind = own.text("filter").orElse("");
    return switch (kind) {
      case "mean" -> mean(own, besides);
      case "log" -> laplacian(own, besides);
      case "laws" -> laws(own, besides);
      case "gabor" -> gabor(own, besides);
      case "wavelet" -> wavelet(own, besides);
      case "simoncelli" -> simoncelli(own, besides);
      case "riesz" -> riesz(own, besides);
      default -> {
        reading.problem(
            own,
            "filter may be gabor, laws, log, mean, riesz, simoncelli, wavelet, got '" + kind + "'");
        yield Optional.empty();
      }
    };
  }

  private Optional<ResponseFilter> mean(Mapping own, String... besides) {
    allow(own, besides, "size-voxels", "dimensions", "boundary");
    int sizeVoxels = whole(own, "size-voxels");
    return reading.checked(
        own, () -> new ResponseFilter.Mean(sizeVoxels, plane(own), boundary(own)));
  }

  private Optional<ResponseFilter> laplacian(Mapping own, String... besides) {
    allow(own, besides, "sigma-mm", "truncation", "dimensions", "boundary");
    double sigmaMm = number(own, "sigma-mm");
    double truncation = reading.number(own, "truncation").orElse(TRUNCATION);
    return reading.checked(
        own, () -> new ResponseFilter.Laplacian(sigmaMm, truncation, plane(own), boundary(own)));
  }

  private Optional<ResponseFilter> laws(Mapping own, String... besides) {
    allow(own, besides, "kernels", "pooling", "energy-voxels", "dimensions", "boundary");
    List<String> kernels = reading.items(own, "kernels").stream().map(Scalar::text).toList();
    int energyVoxels = reading.whole(own, "energy-voxels").orElse(0);
    return reading.checked(
        own,
        () ->
            new ResponseFilter.Laws(
                kernels, pooling(own), energyVoxels, plane(own), boundary(own)));
  }

  private Optional<ResponseFilter> gabor(Mapping own, String... besides) {
    allow(
        own,
        besides,
        "sigma-mm",
        "lambda-mm",
        "gamma",
        "step-deg",
        "thetas-deg",
        "slices",
        "boundary");
    double sigmaMm = number(own, "sigma-mm");
    double lambdaMm = number(own, "lambda-mm");
    double gamma = number(own, "gamma");
    Optional<Double> stepDeg = reading.number(own, "step-deg");
    List<Double> thetasDeg = reading.numbers(own, "thetas-deg");
    if (stepDeg.isPresent() != thetasDeg.isEmpty()) {
      reading.problem(own, "gabor must have either step-deg or thetas-deg");
      return Optional.empty();
    }
    GaborSlices slices = reading.word(own, "slices", SLICES).orElse(GaborSlices.AXIAL);
    return reading.checked(
        own,
        () ->
            new ResponseFilter.Gabor(
                sigmaMm,
                lambdaMm,
                gamma,
                stepDeg.map(ResponseFilter.Gabor::turn).orElse(thetasDeg),
                slices,
                boundary(own)));
  }

  private Optional<ResponseFilter> wavelet(Mapping own, String... besides) {
    allow(own, besides, "family", "band", "level", "pooling", "dimensions", "boundary");
    String family = text(own, "family");
    String band = text(own, "band");
    int level = reading.whole(own, "level").orElse(1);
    return reading.checked(
        own,
        () ->
            new ResponseFilter.SeparableWavelet(
                family, band, level, pooling(own), plane(own), boundary(own)));
  }

  private Optional<ResponseFilter> simoncelli(Mapping own, String... besides) {
    allow(own, besides, "level", "dimensions", "boundary");
    int level = reading.whole(own, "level").orElse(1);
    return reading.checked(
        own, () -> new ResponseFilter.Simoncelli(level, plane(own), boundary(own)));
  }

  private Optional<ResponseFilter> riesz(Mapping own, String... besides) {
    allow(own, besides, "order", "of");
    List<Integer> order = reading.numbers(own, "order").stream().map(Double::intValue).toList();
    Optional<Node> of = own.get("of");
    if (of.isPresent() && of.get() instanceof Mapping inner) {
      return filter(inner)
          .flatMap(filter -> reading.checked(own, () -> new ResponseFilter.Riesz(filter, order)));
    }
    reading.problem(own, "riesz must have the filter log or simoncelli below of");
    return Optional.empty();
  }

  private void allow(Mapping own, String[] besides, String... keys) {
    List<String> all = new ArrayList<>(List.of("filter"));
    all.addAll(List.of(keys));
    all.addAll(List.of(besides));
    reading.allow(own, all.toArray(String[]::new));
  }

  /** A number that must be there; its absence is a problem, and 1 stands for it. */
  private double number(Mapping own, String key) {
    if (own.get(key).isEmpty()) {
      reading.problem(own, key + " is missing");
    }
    return reading.number(own, key).orElse(1.0);
  }

  private int whole(Mapping own, String key) {
    if (own.get(key).isEmpty()) {
      reading.problem(own, key + " is missing");
    }
    return reading.whole(own, key).orElse(1);
  }

  private String text(Mapping own, String key) {
    if (own.text(key).isEmpty()) {
      reading.problem(own, key + " is missing");
    }
    return own.text(key).orElse("");
  }

  private TexturePlane plane(Mapping own) {
    return reading.word(own, "dimensions", PLANES).orElse(TexturePlane.VOLUME);
  }

  private Boundary boundary(Mapping own) {
    return reading.word(own, "boundary", BOUNDARIES).orElse(Boundary.MIRROR);
  }

  private ResponsePooling pooling(Mapping own) {
    return reading.word(own, "pooling", POOLINGS).orElse(ResponsePooling.NONE);
  }
}
