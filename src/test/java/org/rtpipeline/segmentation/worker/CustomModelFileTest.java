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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.StructureCode;
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
        .contains("line 3", "no unpacked weights", "Dataset001_One");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nnunetv1", "medsam_boxprompt", "totalsegmentator"})
  void otherInterfacesAreRefusedByName(String name) throws IOException {
    assertThat(file("nnunet:\n  interface: " + name + "\n").problems())
        .singleElement()
        .asString()
        .contains("interface " + name + " is not run by the worker");
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
