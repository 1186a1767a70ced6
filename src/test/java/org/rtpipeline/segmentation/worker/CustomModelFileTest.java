package org.rtpipeline.segmentation.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.BodyRegion;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.StructureCode;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationException;
import org.rtpipeline.segmentation.SegmentationInput;

/** What is read of a custom_model.yaml before the worker reads it. */
final class CustomModelFileTest {

  private static final String PLAIN =
      """
      nnunet:
        networks:
          - {id: "1", dataset_directory: Dataset001_One, label_order: [a]}
      """;

  @TempDir Path folder;

  @Test
  void aModelWithItsWeightsHasNoProblem() throws IOException {
    Files.createDirectories(folder.resolve("nnUNet_results/Dataset001_One"));

    assertThat(file(PLAIN).problems()).isEmpty();
  }

  @Test
  void weightsMayLieBesideTheFileOrWhereItsEnvironmentSays() throws IOException {
    Files.createDirectories(folder.resolve("elsewhere/Dataset001_One"));
    Files.createDirectories(folder.resolve("weights/net"));

    assertThat(file("nnunet:\n  env: {nnUNet_results: ./elsewhere}\n" + tail(PLAIN)).problems())
        .isEmpty();
    assertThat(
            file("""
            nnunet:
              networks:
                - {id: "1", source_dir: weights/net, structures: [a]}
            """)
                .problems())
        .isEmpty();
  }

  private static String tail(String text) {
    return text.substring(text.indexOf('\n') + 1);
  }

  @Test
  void absentWeightsAreNamedWithTheirLine() throws IOException {
    assertThat(file(PLAIN).problems())
        .singleElement()
        .asString()
        .contains("line 3", "no weights", "Dataset001_One");
  }

  @Test
  void weightsMayBePackedOrFoundByTheNumberOfTheirDataSet() throws IOException {
    Files.writeString(folder.resolve("model603.zip"), "");
    Files.createDirectories(folder.resolve("nnUNet_results/Dataset605_Large"));

    assertThat(
            file("""
            nnunet:
              networks:
                - {id: "603", archive: model603.zip, dataset_directory: D603, labels: [a]}
                - {id: "605", labels: [b]}
            """)
                .problems())
        .isEmpty();
    assertThat(file("nnunet:\n  networks:\n    - {id: \"606\", labels: [b]}\n").problems())
        .singleElement()
        .asString()
        .contains("line 3", "names no data set");
  }

  @Test
  void weightsElsewhereDecideTheDigestAsThoseBesideTheFileDo() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Path weights = Files.createDirectories(folder.resolve("store/net"));
    Path yaml =
        Files.writeString(
            model.resolve("custom_model.yaml"),
            "nnunet:\n  networks:\n    - {id: x, source_directory: "
                + weights
                + ", labels: [a]}\n");
    Files.writeString(weights.resolve("plans.json"), "1");
    String first = digest(yaml);

    Files.writeString(weights.resolve("plans.json"), "2");

    assertThat(digest(yaml)).isNotEqualTo(first);
    assertThat(CustomModelFile.at(yaml).problems()).isEmpty();
  }

  private static String digest(Path yaml) {
    WorkerModel model =
        new WorkerModel(
            WorkerModel.Kind.CUSTOM,
            "",
            WorkerModel.Resolution.FULL,
            List.of(),
            yaml.toString(),
            "LAS");
    return ModelDigest.of(
        new WorkerOptions(
            List.of("python3"),
            Device.Kind.CPU,
            model,
            WorkerLimits.DEFAULT,
            1,
            List.of(),
            "",
            ""));
  }

  @ParameterizedTest
  @CsvSource({
    "'threshold: 1', threshold",
    "'nnunet: {tta: false}', tta",
    "'nnunet: {networks: [{cascade_trainer: a}]}', cascade_trainer",
    "'nnunet: {networks: [{task: a}]}', task",
    "'nnunet: {networks: [{prompt: {model: medsam}}]}', prompt",
    "'nnunet: {networks: [{postprocessing: {smooth: 1}}]}', smooth",
    "'nnunet: {combine: {rule: a}}', rule",
    "'nnunet: {ensemble: {weights: [1]}}', weights",
  })
  void aKeyThatMeansNothingIsNamed(String text, String key) throws IOException {
    assertThat(file(text).problems())
        .anyMatch(problem -> problem.contains("line 1: the key " + key + " means nothing here"));
  }

  @Test
  void theKeysOfThePublishedModelsAreKnown() throws IOException {
    Files.createDirectories(folder.resolve("nnUNet_results/Dataset105_Lung"));
    Files.writeString(folder.resolve("post.json"), "{}");

    assertThat(
            file("""
            name: lung
            description: of somebody
            enabled: true
            required_body_regions: [THORAX]
            min_region_confidence: 0.6
            nnunet:
              interface: nnunetv2_modelfolder
              command: nnUNetv2_predict_from_modelfolder
              model: 3d_fullres
              folds: [0]
              env: {nnUNet_results: ./nnUNet_results, nnUNet_raw: ./raw}
              networks:
                - id: Dataset105_Lung
                  alias: lung
                  source_directory: weights/x
                  dataset_directory: Dataset105_Lung
                  trainer: nnUNetTrainerWandb2000
                  folds: [0]
                  predict_args: [-chk, checkpoint_best.pth, --disable_tta]
                  postprocessing:
                    anchor_source: specialist_reference
                    anchor_glob: A/lung_nodules.nii.gz
                    dice_reference_glob: ""
                    anchor_max_distance_cm: 5.0
                    confine_to_lung_mask: true
                    min_component_volume_cm3: 0.5
                  label_order: [lung_tumor]
              ensemble: {inputs: [lung], postprocessing_json: post.json}
              combine: {ordered_networks: [lung]}
            """)
                .problems())
        .isEmpty();
  }

  @Test
  void anEnsembleNeedsTheFileOfItsPostProcessing() throws IOException {
    Files.createDirectories(folder.resolve("nnUNet_results/Dataset001_One"));

    assertThat(file(PLAIN + "  ensemble: {postprocessing_json: no.json}\n").problems())
        .singleElement()
        .asString()
        .contains("no.json");
  }

  @Test
  void regionsAreReadFromAListOrATextAndUnknownOnesAreNamed() throws IOException {
    assertThat(file("required_body_regions: [thorax, PELVIS]").gate())
        .isEqualTo(new RegionGate(Set.of(BodyRegion.THORAX, BodyRegion.PELVIS), 0.5));
    assertThat(file("required_regions: head_neck , abdomen\nmin_region_confidence: 0.7").gate())
        .isEqualTo(new RegionGate(Set.of(BodyRegion.HEAD_NECK, BodyRegion.ABDOMEN), 0.7));
    assertThat(file("").gate().wanted()).isEmpty();
    assertThat(file("required_body_regions: KNEE").problems())
        .anyMatch(problem -> problem.contains("the body region KNEE is not one of"));
    assertThat(file("min_region_confidence: 3").problems())
        .anyMatch(problem -> problem.contains("min_region_confidence is 3.0, expected 0 to 1"));
  }

  @ParameterizedTest
  @CsvSource({
    "nnunetv1, use the back end command",
    "medsam_boxprompt, use the back end command",
    "totalsegmentator, name its task in segmentation.worker.task or .extra-models",
  })
  void otherInterfacesAreRefusedByName(String name, String advice) throws IOException {
    assertThat(file("nnunet:\n  interface: " + name + "\n").problems())
        .singleElement()
        .asString()
        .contains("interface " + name + " is not run by the worker")
        .endsWith(advice);
  }

  @Test
  void whatCannotRunIsSaid() throws IOException {
    assertThat(file("enabled: false\nnnunet: {networks: []}\n").problems())
        .hasSize(2)
        .anyMatch(problem -> problem.contains("switched off"))
        .anyMatch(problem -> problem.contains("no networks"));
    assertThat(file("nnunet:\n  networks:\n    - {id: 1, anchor_source: somebody}\n").problems())
        .anyMatch(problem -> problem.contains("no label_order"))
        .anyMatch(problem -> problem.contains("unknown anchor_source somebody"));
    assertThat(file("a: [\n").problems()).hasSize(1);
    assertThat(CustomModelFile.at(folder.resolve("absent.yaml")).problems()).hasSize(1);
  }

  @Test
  void knownStructuresAreWrittenForAModelThatAnchorsOnThem() throws Exception {
    CustomModelFile anchored =
        file(
            "nnunet: {networks: [{id: 1, postprocessing: {anchor_source: specialist_reference}}]}");
    ObjectNode request = JsonNodeFactory.instance.objectNode();

    KnownStructures.add(input(), anchored, request);

    assertThat(request.toString())
        .isEqualTo(
            "{\"references\":[{\"file\":\"known-0.nii\","
                + "\"labels\":[{\"value\":1,\"name\":\"GTV-1\"}]}]}");
    assertThat(ScratchNifti.labels(folder.resolve("known-0.nii"), grid()))
        .isEqualTo(new short[] {0, 1, 1, 0, 0, 0, 0, 1});
  }

  @Test
  void aComparisonNeedsTheKnownStructures() throws IOException {
    assertThat(file("nnunet: {networks: [{id: 1, dice_reference_glob: 'GTV*'}]}").needsReferences())
        .isTrue();
    assertThat(file("nnunet: {networks: [{id: 1, dice_reference_glob: ''}]}").needsReferences())
        .isFalse();
  }

  @Test
  void otherModelsAreToldNothing() throws Exception {
    ObjectNode request = JsonNodeFactory.instance.objectNode();

    KnownStructures.add(input(), file(PLAIN), request);

    assertThat(request.isEmpty()).isTrue();
  }

  @Test
  void aModelThatKeepsToTheLungsNeedsABody() throws IOException {
    CustomModelFile confined = file("nnunet: {networks: [{id: 1, confine_to_lung_mask: true}]}");

    assertThat(confined.needsReferences()).isTrue();
    assertThatThrownBy(
            () -> KnownStructures.add(input(), confined, JsonNodeFactory.instance.objectNode()))
        .isInstanceOf(SegmentationException.class)
        .hasMessageContaining("no body");
  }

  private CustomModelFile file(String text) throws IOException {
    return CustomModelFile.at(Files.writeString(folder.resolve("custom_model.yaml"), text));
  }

  private SegmentationInput input() {
    float[] air = new float[8];
    Arrays.fill(air, -1000);
    return new SegmentationInput(
        new CourseId("a"),
        "1.2.3",
        "CT",
        new ImageVolume(grid(), air),
        folder,
        LabelMap.of(
            grid(),
            new short[] {0, 1, 1, 0, 0, 0, 0, 1},
            List.of(new LabelledStructure(1, "GTV-1", "drawn", "", StructureCode.TISSUE))));
  }

  private static VoxelGrid grid() {
    return VoxelGrid.axial(2, 2, 2, new Point(0, 0, 0), 1, 1, 1);
  }
}
