package org.rtpipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.ExtraModel;
import org.rtpipeline.segmentation.ImageKind;
import org.rtpipeline.segmentation.SegmentationOptions;
import org.rtpipeline.segmentation.worker.Rung;
import org.rtpipeline.segmentation.worker.WorkerModel;
import org.rtpipeline.segmentation.worker.WorkerOptions;

final class SegmentationSectionTest {

  @Test
  void withoutAWordItIsTheClassicalBackEnd() throws ConfigurationException {
    assertThat(read()).isEqualTo(SegmentationOptions.CLASSICAL);
  }

  @Test
  void aWorkerHasItsModelItsLimitsAndItsLadder() throws ConfigurationException {
    WorkerOptions worker =
        Objects.requireNonNull(
            read(
                    "back-end", "worker",
                    "worker.task", "body",
                    "worker.resolution", "fast",
                    "worker.roi-subset", "[body]",
                    "worker.silence-seconds", "7",
                    "worker.weights-folder", "/models",
                    "worker.oom-ladder", "[retry, body-crop]")
                .worker());

    assertThat(worker.model().task()).isEqualTo("body");
    assertThat(worker.model().resolution()).isEqualTo(WorkerModel.Resolution.FAST);
    assertThat(worker.limits().silence()).hasSeconds(7);
    assertThat(worker.deviceKind()).isEqualTo(Device.Kind.GPU);
    assertThat(worker.weightsFolder()).isEqualTo("/models");
    assertThat(worker.ladder()).containsExactly(Rung.RETRY, Rung.BODY_CROP);
  }

  @Test
  void furtherModelsHaveANameAModelAndWhatTheyNeed() throws ConfigurationException {
    SegmentationOptions options =
        read(
            "back-end", "worker",
            "images", "[ct, mr]",
            "worker.resolution", "fast",
            "worker.mr-task", "body_mr",
            "worker.extra-models",
                "[\"lung_vessels if lung_left lung_right\", \"nnunet@/models/glands\","
                    + " \"custom@/models/heart/custom_model.yaml\"]");

    assertThat(options.images()).containsExactly(ImageKind.CT, ImageKind.MR);
    assertThat(options.mr().task()).isEqualTo("body_mr");
    assertThat(options.extras())
        .extracting(ExtraModel::name)
        .containsExactly("lung_vessels", "glands", "heart");
    assertThat(options.extras().get(0).needs()).containsExactly("lung_left", "lung_right");
    assertThat(options.extras().get(1).model().kind()).isEqualTo(WorkerModel.Kind.NNUNET);
    assertThat(options.workers())
        .extracting(one -> one.model().task())
        .containsExactly("total", "lung_vessels", "", "", "body_mr");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"other@/models/x\"]", "[a, a]", "[\"a/b\"]"})
  void furtherModelsThatCannotBeAreRefused(String models) {
    assertThatThrownBy(() -> read("back-end", "worker", "worker.extra-models", models))
        .isInstanceOf(ConfigurationException.class);
  }

  @Test
  void aCommandHasItsArgumentsAndTheNamesOfItsLabels() throws ConfigurationException {
    SegmentationOptions options =
        read(
            "back-end", "command",
            "command.arguments", "[tool, \"{image}\", \"{labels}\"]",
            "command.structures", "[\"1:liver\", \"2:spleen\"]");

    assertThat(Objects.requireNonNull(options.command()).structures())
        .isEqualTo(Map.of(1, "liver", 2, "spleen"));
  }

  @Test
  void whatABackEndLacksIsSaidBeforeTheRun() {
    assertThatThrownBy(() -> read("back-end", "command"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("{labels}");
    assertThatThrownBy(() -> read("back-end", "worker", "worker.model", "nnunet"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("path is blank");
    assertThatThrownBy(() -> read("command.structures", "[liver]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("1:liver");
  }

  private static SegmentationOptions read(String... keysAndValues) throws ConfigurationException {
    List<Setting> settings = new ArrayList<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.add(new Setting("segmentation." + keysAndValues[i], keysAndValues[i + 1], "test"));
    }
    return Sections.job(new JobSource(null, settings, Set.of())).segmentation();
  }
}
