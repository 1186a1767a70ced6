package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Features of responses to the filters of IBSI 2, asked for in a file of parameters. */
final class IbsiResponsesTest {

  private static final String PLAIN =
      "mode: ibsi\nlevels: {size: 1}\nvolume-histogram: definite\ntextures: [3D]\n";

  private static IbsiFeatures of(String responses, Raster image, byte[] mask) {
    return new IbsiExtractor(IbsiParameters.read(PLAIN + responses)).of(image, mask);
  }

  private static Map<String, Double> columns(IbsiFeatures features) {
    Map<String, Double> columns = new TreeMap<>();
    features.values().forEach(value -> columns.put(value.column(), value.value()));
    return columns;
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void theShippedFilesGiveTheStatisticsOfPhaseTwo(String suffix) throws IOException {
    ReferenceCases.Case phantom = ReferenceCases.read("ibsi1_ct");
    IbsiOptions options =
        IbsiParameters.read(
            Files.readString(
                Path.of(
                    "conf/radiomics/ibsi/filters-"
                        + suffix.toLowerCase(java.util.Locale.ROOT)
                        + ".yaml")));
    Map<String, Double> computed =
        columns(new IbsiExtractor(options).of(phantom.image(), phantom.mask()));

    List<IbsiTwoResults.Value> expected =
        IbsiTwoResults.values().stream()
            .filter(value -> value.filter().endsWith("." + suffix) && value.hasConsensus())
            .toList();

    assertThat(expected).hasSizeGreaterThan(160);
    for (IbsiTwoResults.Value value : expected) {
      String filter = value.filter().substring(0, value.filter().indexOf('.'));
      String column = filter.equals("1") ? value.tag() : filter + "_" + value.tag();
      IbsiTwoResults.Value ours =
          new IbsiTwoResults.Value(
              value.filter(),
              value.feature(),
              value.tag(),
              computed.get(column),
              value.consensus(),
              value.tolerance());
      assertThat(ours.passes()).as(ours.toString()).isTrue();
    }
  }

  @Test
  void aResponseHasStatisticsUnderItsName() {
    GridSize size = MadeRegions.cube(9);
    byte[] mask = new byte[size.voxels()];
    mask[size.index(4, 4, 4)] = 1;
    mask[size.index(5, 4, 4)] = 1;
    Raster image = MadeRegions.noise(size, 100, 7);
    double sum = 0;
    for (int z = 3; z < 6; z++) {
      for (int y = 3; y < 6; y++) {
        sum += image.at(size.index(3, y, z)) + image.at(size.index(6, y, z));
        sum += 2 * (image.at(size.index(4, y, z)) + image.at(size.index(5, y, z)));
      }
    }

    IbsiFeatures features =
        of("responses:\n  mean-3: {filter: mean, size-voxels: 3, boundary: zero}\n", image, mask);

    assertThat(columns(features).get("mean-3_stat_mean")).isCloseTo(sum / 54, within(1e-9));
    assertThat(features.values().stream().filter(value -> value.image().equals("mean-3")))
        .hasSize(18);
    assertThat(features.values().get(0).image()).isEqualTo("original");
  }

  @Test
  void aResponseWithLevelsHasAHistogramAndTexturesToo() {
    GridSize size = MadeRegions.cube(8);
    IbsiFeatures features =
        of(
            "responses:\n  log: {filter: log, sigma-mm: 1, levels: {number: 8}}\n",
            MadeRegions.noise(size, 50, 3),
            MadeRegions.sphere(size, 3));

    assertThat(columns(features))
        .containsKeys("log_ih_entropy", "log_cm_contrast_3d_merged", "log_dzm_sde_3d");
    assertThat(columns(features).get("log_ih_max")).isEqualTo(8.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{filter: mean, size-voxels: 5, boundary: nearest}",
        "{filter: laws, kernels: [L5, E5], dimensions: 2D, pooling: max, energy-voxels: 2}",
        "{filter: gabor, sigma-mm: 2, lambda-mm: 2, gamma: 1, thetas-deg: [0, 30]}",
        "{filter: wavelet, family: db2, band: LLH, boundary: periodic}",
        "{filter: simoncelli, level: 2, boundary: nearest}",
        "{filter: riesz, order: [0, 1, 1], of: {filter: log, sigma-mm: 1.5}}",
        "{filter: riesz, order: [1, 0, 0], of: {filter: simoncelli}}"
      })
  void whatIsReadForARegionGivesTheResponseOfTheWholeImage(String filter) {
    GridSize size = new GridSize(14, 12, 11, 1, 1, 1);
    Raster image = MadeRegions.noise(size, 1000, 11);
    byte[] mask = new byte[size.voxels()];
    IndexBox box = new IndexBox(2, 5, 3, 5, 4, 4);
    double sum = 0;
    IbsiOptions options = IbsiParameters.read(PLAIN + "responses:\n  r: " + filter + "\n");
    double[] whole =
        ResponseMaps.of(options.responses().get(0).filter(), image, IndexBox.whole(size));
    for (int z = 3; z < 7; z++) {
      for (int y = 5; y < 9; y++) {
        for (int x = 2; x < 7; x++) {
          mask[size.index(x, y, z)] = 1;
          sum += whole[size.index(x, y, z)];
        }
      }
    }

    double mean = columns(new IbsiExtractor(options).of(image, mask)).get("r_stat_mean");

    boolean isSpectral = filter.contains("simoncelli") || filter.contains("riesz");
    assertThat(mean).isCloseTo(sum / box.voxels(), within(isSpectral ? 30 : 1e-6));
  }

  @Test
  void aFilterThatReadsTooMuchIsLeftOutByName() {
    GridSize size = MadeRegions.cube(8);
    IbsiFeatures features =
        of(
            "response-voxels: 100\nresponses:\n  wide: {filter: mean, size-voxels: 5}\n",
            MadeRegions.noise(size, 50, 3),
            MadeRegions.sphere(size, 3));

    assertThat(features.left()).containsExactly("wide");
    assertThat(columns(features)).containsKey("stat_mean").doesNotContainKey("wide_stat_mean");
  }

  @Test
  void everyWrongFilterIsNamedWithItsLine() {
    String yaml =
        PLAIN
            + """
            responses:
              a: {filter: blur}
              b: {filter: mean, size-voxels: 4}
              c: {filter: gabor, sigma-mm: 1, lambda-mm: 1, gamma: 1}
              d: {filter: riesz, order: [1, 0, 0], of: log}
              e: {filter: laws, kernels: [L5, X5, E5], colour: red}
              original: {filter: mean, size-voxels: 3}
              f: mean
              g: {filter: wavelet, band: LLH, boundary: open}
              h: {filter: mean, dimensions: 4D}
            """;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IbsiParameters.read(yaml))
        .withMessageContaining("line 6: filter may be gabor, laws, log, mean, riesz")
        .withMessageContaining("line 7: size must be odd, got 4 voxels")
        .withMessageContaining("line 8: gabor must have either step-deg or thetas-deg")
        .withMessageContaining("line 9: riesz must have the filter log or simoncelli below of")
        .withMessageContaining("line 10: colour is not known")
        .withMessageContaining("line 10: Laws kernel X5 is not known")
        .withMessageContaining("line 11: a response is named by letters")
        .withMessageContaining("line 12: f must have filter below it")
        .withMessageContaining("line 13: boundary may be mirror, nearest, periodic, zero")
        .withMessageContaining("line 13: family is missing")
        .withMessageContaining("line 14: size-voxels is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IbsiParameters.read(PLAIN + "responses: [a]\n"))
        .withMessageContaining("responses must have names of images below it");
  }
}
