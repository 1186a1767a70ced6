package org.rtpipeline.segmentation.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.model.Finding;
import org.rtpipeline.segmentation.SegmentationException;

final class ModelFolderTest {

  private static final String PLAIN =
      """
      {"kind": "plain", "networks": ["n.onnx"], "labels": {"background": 0, "lung": 1}""";

  @TempDir Path folder;

  @BeforeEach
  void aNetwork() throws IOException {
    Files.createFile(folder.resolve("n.onnx"));
  }

  private Model sidecar(String text) throws IOException, SegmentationException {
    Files.writeString(folder.resolve("model.json"), text);
    return ModelFolder.read(folder);
  }

  private Model nnunet(ObjectNode sidecar) throws IOException, SegmentationException {
    sidecar.putArray("networks").add("n.onnx");
    UnetFixture.written(sidecar, folder);
    return ModelFolder.read(folder);
  }

  private void refused(ObjectNode sidecar, String... words) {
    assertThatThrownBy(() -> nnunet(sidecar))
        .isInstanceOfSatisfying(
            SegmentationException.class,
            e -> {
              assertThat(e.finding().code()).isEqualTo(Finding.Code.SEGMENTER_FAILED);
              assertThat(e.finding().level()).isEqualTo(Finding.Level.SKIP_STAGE);
            })
        .message()
        .contains(words);
  }

  private static ObjectNode fixture() throws IOException {
    return UnetFixture.sidecar(List.of());
  }

  private static ObjectNode configuration(ObjectNode sidecar) {
    return (ObjectNode) sidecar.at("/plans/configurations/3d_fullres");
  }

  @Test
  void filesOfNnUnetAreReadWithoutAModelJson() throws IOException, SegmentationException {
    Files.copy(UnetFixture.file("plans.json"), folder.resolve("plans.json"));
    Files.copy(UnetFixture.file("dataset.json"), folder.resolve("dataset.json"));
    for (String fold : List.of("fold_1", "fold_0")) {
      Files.createDirectory(folder.resolve(fold));
      Files.createFile(folder.resolve(fold).resolve("model.onnx"));
    }
    Files.createDirectory(folder.resolve("fold_2"));
    Model model = ModelFolder.read(folder);
    assertThat(model.networks()).containsExactly("fold_0/model.onnx", "fold_1/model.onnx");
    assertThat(model.windows()).isEqualTo(new GaussianTiles(new Extent(16, 32, 32), 0.5));
    assertThat(model.labels()).isEqualTo(new LabelRule.Greatest(List.of(0, 1, 2, 3, 4, 5)));
    assertThat(model.data())
        .isEqualTo(new ResamplingRule(3, 0, ResamplingRule.Separation.BY_SPACING));
    assertThat(model.mirrorAxes()).isEmpty();
    assertThat(model.spacingMm()).containsExactly(3.0, 3.0, 3.0);
    assertThat(model.name()).isEqualTo("Dataset999_Fixture");
    assertThat(model.version()).isEqualTo("nnUNetPlans 3d_fullres");
  }

  @Test
  void aSingleNetworkNeedsNoFold() throws IOException, SegmentationException {
    Files.copy(UnetFixture.file("plans.json"), folder.resolve("plans.json"));
    Files.copy(UnetFixture.file("dataset.json"), folder.resolve("dataset.json"));
    Files.createFile(folder.resolve("model.onnx"));
    assertThat(ModelFolder.read(folder).networks()).containsExactly("model.onnx");
  }

  @Test
  void aModelOfPlanesHasTilesOfOnePlane() throws IOException, SegmentationException {
    ObjectNode sidecar = fixture();
    configuration(sidecar).putArray("patch_size").add(64).add(48);
    configuration(sidecar).putArray("spacing").add(1.5).add(1.25);
    sidecar.putArray("mirror_axes").add(0).add(1);
    Model model = nnunet(sidecar);
    assertThat(model.windows()).isEqualTo(new GaussianTiles(new Extent(1, 64, 48), 0.5));
    assertThat(model.networkSpacingMm(new double[] {5, 1, 1})).containsExactly(5, 1.5, 1.25);
    assertThat(model.mirrorAxes()).containsExactly(1, 2);
  }

  @Test
  void optionsOfTheSidecarWin() throws IOException, SegmentationException {
    ObjectNode sidecar = fixture();
    sidecar.put("name", "lobes").put("version", "7").put("orientation", "SAR");
    sidecar.put("configuration", "coarse").put("tile_step", 0.8);
    sidecar.putArray("mirror_axes").add(2);
    Model model = nnunet(sidecar);
    assertThat(model.name()).isEqualTo("lobes");
    assertThat(model.version()).isEqualTo("7");
    assertThat(model.axes().directions()).isEqualTo("SAR");
    assertThat(model.spacingMm()).containsExactly(7.5, 3.0, 3.0);
    assertThat(((GaussianTiles) model.windows()).step()).isEqualTo(0.8);
    assertThat(model.mirrorAxes()).containsExactly(2);
  }

  @Test
  void schemesOfNormalisationAreKnown() throws IOException, SegmentationException {
    ObjectNode sidecar = fixture();
    ObjectNode plans = (ObjectNode) sidecar.get("plans");
    plans.set(
        "foreground_intensity_properties_by_modality",
        plans.remove("foreground_intensity_properties_per_channel"));
    assertThat(nnunet(sidecar).normalisation()).isInstanceOf(Normalisation.Window.class);
    configuration(sidecar).putArray("normalization_schemes").add("RGBTo01Normalization");
    assertThat(nnunet(sidecar).normalisation())
        .isEqualTo(
            new Normalisation.Window(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 0, 255));
    configuration(sidecar).putArray("normalization_schemes").add("NoNormalization");
    assertThat(nnunet(sidecar).normalisation()).isEqualTo(new Normalisation.None());
    configuration(sidecar).remove("use_mask_for_norm");
    configuration(sidecar).putArray("normalization_schemes").add("ZScoreNormalization");
    assertThat(nnunet(sidecar).normalisation())
        .isEqualTo(new Normalisation.ZScore(Normalisation.ZScore.Over.IMAGE));
  }

  @Test
  void theCoarseAxisIsSeparatedAsThePlansSay() throws IOException, SegmentationException {
    ObjectNode sidecar = fixture();
    ObjectNode options = (ObjectNode) configuration(sidecar).get("resampling_fn_data_kwargs");
    options.put("force_separate_z", true);
    assertThat(nnunet(sidecar).data().separation()).isEqualTo(ResamplingRule.Separation.ALWAYS);
    options.put("force_separate_z", false);
    assertThat(nnunet(sidecar).data().separation()).isEqualTo(ResamplingRule.Separation.NEVER);
  }

  @Test
  void whatTrainingIgnoresIsNoClass() throws IOException, SegmentationException {
    ObjectNode sidecar = fixture();
    ((ObjectNode) sidecar.at("/dataset/labels")).put("ignore", 6);
    assertThat(nnunet(sidecar).labels().classes()).isEqualTo(6);
  }

  @Test
  void plansThatCannotBeFollowedAreRefused() throws IOException {
    ObjectNode cascade = fixture();
    configuration(cascade).put("previous_stage", "3d_lowres");
    refused(cascade, "previous_stage", "cascade");

    ObjectNode circle = fixture();
    configuration(circle).put("inherits_from", "3d_fullres");
    refused(circle, "circle", "3d_fullres");

    ObjectNode unknown = fixture();
    unknown.put("configuration", "2d");
    refused(unknown, "2d", "coarse", "3d_fullres");

    ObjectNode channels = fixture();
    configuration(channels).putArray("normalization_schemes").add("a").add("b");
    refused(channels, "one channel");

    ObjectNode scheme = fixture();
    configuration(scheme).putArray("normalization_schemes").add("Odd");
    refused(scheme, "Odd");

    ObjectNode patch = fixture();
    configuration(patch).putArray("patch_size").add(1);
    refused(patch, "patch_size", "2 or 3");

    ObjectNode function = fixture();
    configuration(function).put("resampling_fn_data", "resample_torch_fornnunet");
    refused(function, "resample_torch_fornnunet", "resample_data_or_seg_to_shape");

    ObjectNode order = fixture();
    ((ObjectNode) configuration(order).get("resampling_fn_probabilities_kwargs")).put("order", 2);
    refused(order, "resampling_fn_probabilities_kwargs", "2");

    ObjectNode turned = fixture();
    turned.put("orientation", "XYZ");
    refused(turned, "XYZ", "L R P A S I");

    ObjectNode transpose = fixture();
    ((ObjectNode) transpose.get("plans")).putArray("transpose_forward").add(0).add(1).add(1);
    refused(transpose, "[0, 1, 1]");

    ObjectNode mirror = fixture();
    mirror.putArray("mirror_axes").add(3);
    refused(mirror, "mirror_axes", "3");
  }

  @Test
  void labelsThatDoNotFitAreRefused() throws IOException {
    ObjectNode gap = fixture();
    ((ObjectNode) gap.at("/dataset/labels")).put("bone", 9);
    refused(gap, "without gaps");

    ObjectNode nothing = fixture();
    ((ObjectNode) nothing.at("/dataset")).putObject("labels").put("background", 0);
    refused(nothing, "nothing but the background");

    ObjectNode ground = fixture();
    ((ObjectNode) ground.at("/dataset/labels")).remove("background");
    refused(ground, "have no background");

    ObjectNode negative = fixture();
    ((ObjectNode) negative.at("/dataset/labels")).put("bone", -1);
    refused(negative, "bone", "-1");

    ObjectNode regions = fixture();
    regions.set("dataset", UnetFixture.json("regions.json"));
    ((ObjectNode) regions.at("/dataset")).putArray("regions_class_order").add(1);
    refused(regions, "regions_class_order");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/plans/configurations/3d_fullres/patch_size|1|list",
        "/plans/configurations/3d_fullres/spacing|[\"a\"]|number",
        "/plans/configurations/3d_fullres/patch_size|[1.5,2,3]|whole numbers",
        "/plans/configurations|[]|object",
        "/dataset/labels|null|missing",
        "/tile_step|\"x\"|number"
      })
  void fieldsOfAnotherKindAreNamed(String field, String value, String expected) throws IOException {
    ObjectNode sidecar = fixture();
    int last = field.lastIndexOf('/');
    ((ObjectNode) sidecar.at(field.substring(0, last)))
        .set(field.substring(last + 1), UnetFixture.JSON.readTree(value));
    refused(sidecar, field.substring(last + 1), expected);
  }

  @Test
  void aPlainModelSaysAllByItself() throws IOException, SegmentationException {
    Model model =
        sidecar(
            PLAIN
                + """
                , "orientation": "LIA", "transpose": [2, 1, 0], "spacing_mm": [1, 1, 2],
                "normalisation": {"scheme": "quantiles", "low": 0.05, "high": 0.95},
                "slabs": {"planes": 8, "margin": 3}, "mirror_axes": [0]}""");
    assertThat(model.axes()).isEqualTo(new Model.Axes("LIA", List.of(2, 1, 0)));
    assertThat(model.spacingMm()).containsExactly(1.0, 1.0, 2.0);
    assertThat(model.normalisation()).isEqualTo(new Normalisation.Quantiles(0.05, 0.95));
    assertThat(model.windows()).isEqualTo(new Slabs(8, 3));
    assertThat(model.mirrorAxes()).containsExactly(0);
    assertThat(model.cropping()).isEqualTo(Model.Cropping.NONE);
    assertThat(model.structures()).containsExactly(new Model.NamedLabels("lung", List.of(1)));
  }

  @Test
  void aPlainModelTakesImagesAsTheyAre() throws IOException, SegmentationException {
    Model model = sidecar(PLAIN + "}");
    assertThat(model.networkSpacingMm(new double[] {3, 2, 1})).containsExactly(3, 2, 1);
    assertThat(model.normalisation()).isEqualTo(new Normalisation.None());
    assertThat(model.windows()).isEqualTo(Slabs.WHOLE);
  }

  @ParameterizedTest
  @CsvSource({"z-score,ZScore", "unit,Unit", "none,None", "window,Window"})
  void schemesOfPlainModelsAreKnown(String scheme, String type)
      throws IOException, SegmentationException {
    Model model = sidecar(PLAIN + ", \"normalisation\": {\"scheme\": \"" + scheme + "\"}}");
    assertThat(model.normalisation().getClass().getSimpleName()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ", \"normalisation\": {\"scheme\": \"odd\"}}|odd",
        ", \"normalisation\": {\"scheme\": \"quantiles\", \"low\": 1, \"high\": 0}}|quantiles",
        ", \"spacing_mm\": [1, 0, 1]}|three numbers over 0",
        ", \"spacing_mm\": [1, 1]}|three numbers over 0",
        ", \"slabs\": {\"planes\": 0}}|1 plane or more",
        ", \"slabs\": {\"planes\": 0.5}}|whole number",
        ", \"transpose\": [0]}|an order of 0, 1, 2",
        ", \"labels\": {\"background\": 0, \"lung\": 2}}|without gaps",
        ", \"labels\": {\"background\": 0}}|one label or more",
        ", \"networks\": []}|one network or more",
        ", \"networks\": [\"gone.onnx\"]}|gone.onnx"
      })
  void plainModelsThatDoNotFitAreRefused(String rest, String expected) {
    assertThatThrownBy(() -> sidecar(PLAIN + rest))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void aFolderThatHoldsNoModelIsNamed() throws IOException {
    assertThatThrownBy(() -> ModelFolder.read(folder.resolve("gone")))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining("gone");
    assertThatThrownBy(() -> ModelFolder.read(folder))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining("plans.json");
    assertThatThrownBy(() -> sidecar("{\n\"kind\": }"))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> sidecar("[]"))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining("no JSON object");
    assertThatThrownBy(() -> sidecar("{\"kind\": \"odd\"}"))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining("nnunet or plain");
  }
}
