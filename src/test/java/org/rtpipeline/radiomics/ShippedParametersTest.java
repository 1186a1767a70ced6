package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShippedParametersTest {

  @ParameterizedTest
  @CsvSource({"ct, 1223", "mr, 386", "pet-fdg, 1130", "pet-psma, 1130"})
  void everyShippedSetGivesItsFeatures(String name, int features) throws IOException {
    String yaml = Files.readString(Path.of("conf/radiomics/" + name + ".yaml"));
    GridSize size = new GridSize(18, 18, 16, 2, 2, 2);
    RoiFeatures roi =
        new FeatureExtractor(PyRadiomicsParameters.read(yaml))
            .of(MadeRegions.noise(size, 60, 7), MadeRegions.sphere(size, 10));
    assertThat(roi.values()).hasSize(features);
    assertThat(roi.facts().left()).isEmpty();
  }
}
