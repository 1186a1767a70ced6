package org.rtpipeline.radiomics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rtpipeline.radiomics.IbsiOptions.FixedNumber;
import org.rtpipeline.radiomics.IbsiOptions.FixedSize;
import org.rtpipeline.radiomics.IbsiOptions.Interpolation;
import org.rtpipeline.radiomics.IbsiOptions.Limits;
import org.rtpipeline.radiomics.IbsiOptions.Narrowing;
import org.rtpipeline.radiomics.IbsiOptions.Rounding;
import org.rtpipeline.radiomics.IbsiOptions.Space;

final class IbsiParametersTest {

  private static final String LEAST =
      "mode: ibsi\nlevels: {size: 25}\nvolume-histogram: definite\ntextures: [3D]\n";

  @Test
  void shippedConfigurationSaysWhatTheManualSays() {
    assertThat(IbsiCase.E.options())
        .isEqualTo(
            new IbsiOptions(
                new Interpolation(
                    2, 2, 2, RadiomicsOptions.Interpolation.BSPLINE, Rounding.NEAREST_WHOLE, 0.5),
                new Narrowing(-1000.0, 400.0, 3.0),
                new FixedNumber(32),
                new FixedNumber(1000),
                Set.of(Space.VOLUME),
                new Limits(null, 2_000_000)));
  }

  @Test
  void whatIsNotSaidIsNotDone() {
    IbsiOptions options = IbsiParameters.read(LEAST);

    assertThat(options.interpolation()).isNull();
    assertThat(options.narrowing()).isEqualTo(new Narrowing(null, null, null));
    assertThat(options.bins()).isEqualTo(new FixedSize(25));
    assertThat(options.volumeBins()).isNull();
  }

  @Test
  void limitsMayBeGiven() {
    IbsiOptions options =
        IbsiParameters.read(LEAST + "maximum-voxels: 10\nautocorrelation-voxels: 20\n");

    assertThat(options.limits()).isEqualTo(new Limits(10, 20));
  }

  @Test
  void interpolationIsLinearWithoutRoundingUnlessItSaysSo() {
    IbsiOptions options = IbsiParameters.read(LEAST + "interpolation: {spacing-mm: [1, 1, 0]}\n");

    assertThat(options.interpolation())
        .isEqualTo(
            new Interpolation(1, 1, 0, RadiomicsOptions.Interpolation.LINEAR, Rounding.NONE, 0.5));
  }

  @Test
  void fileOfPyRadiomicsIsNotMistakenForOneOfThisMode() {
    assertThat(IbsiParameters.isIbsi(LEAST)).isTrue();
    assertThat(IbsiParameters.isIbsi("setting: {binWidth: 25}")).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IbsiParameters.read("setting: {binWidth: 25}"))
        .withMessageContaining("setting is not known")
        .withMessageContaining("mode must be ibsi")
        .withMessageContaining("levels is missing");
  }

  @Test
  void everyProblemIsNamedWithItsLine() {
    String yaml =
        """
        mode: ibsi
        interpolation: {spacing-mm: [1, -1, 1], image: cubic3, colour: red}
        range: {lower: many, upper: [1]}
        outliers-sd: -1
        levels: {size: 25, number: 32}
        volume-histogram: sometimes
        textures: [4D]
        maximum-voxels: 1.5
        """;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IbsiParameters.read(yaml))
        .withMessageContaining("line 2: colour is not known")
        .withMessageContaining("line 2: image may be cubic, linear, nearest")
        .withMessageContaining("spacing must be at least 0 mm")
        .withMessageContaining("line 3: lower must be a number, got 'many'")
        .withMessageContaining("line 3: upper must be a number")
        .withMessageContaining("outlier distance must be over 0")
        .withMessageContaining("line 5: levels must have either size or number")
        .withMessageContaining("line 6: volume-histogram must have size or number below it")
        .withMessageContaining("line 7: textures may be 2D, 2.5D and 3D, got 4D")
        .withMessageContaining("line 8: maximum-voxels must be a whole number");
  }

  @Test
  void listsAndNumbersThatAreNoneAreNamed() {
    String yaml =
        """
        mode: ibsi
        levels: {size: 0}
        volume-histogram: {number: 8}
        textures: 3D
        interpolation: {spacing-mm: [2, 2]}
        """;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IbsiParameters.read(yaml))
        .withMessageContaining("line 2: bin size must be over 0")
        .withMessageContaining("line 4: textures must be a list")
        .withMessageContaining("line 5: spacing-mm must be three numbers");
  }
}
