package org.rtpipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.qc.CropOptions;
import org.rtpipeline.qc.CropRegion;

final class PythonConfigurationTest {

  private static final String OLD =
      """
      container_mode: false
      dicom_root: "Input"
      output_dir: "Output"
      max_workers: 6
      scheduler:
        reserved_cores: 1
        parallel_courses: 2
        prioritize_short_courses: true
      merge_criteria: frame_of_reference
      segmentation:
        device: "cuda"
        fast: true
        roi_subset: [liver, spleen]
        extra_models: []
        threads_per_worker: 4
        nr_threads_resample: 2
      custom_structures: custom_structures_pelvic.yaml
      radiomics:
        enabled: true
        params_file: "rtpipeline/radiomics_params.yaml"
        mr_params_file: "my_mr.yaml"
        skip_rois: [body, "couch surface"]
        min_voxels: 64
        thread_limit: 4
      radiomics_robustness:
        enabled: true
      ct_cropping:
        enabled: True
        region: abdomen
        superior_margin_cm: 2.0
        inferior_margin_cm: 1.5
      qc:
        enabled: true
      colour: red
      """;

  @Test
  void whatHasACounterpartIsTurnedIntoIt() {
    String hocon = PythonConfiguration.migrate(OLD).hocon();

    assertThat(hocon)
        .contains(
            "  stages = [organize, segmentation, metadata, qc, structures, dvh, radiomics]\n",
            "  input = \"Input\"\n",
            "  output = \"Output\"\n",
            "  engine.workers = 6\n",
            "  courses.merge-rule = frame-of-reference\n",
            "  segmentation.back-end = worker\n",
            "  segmentation.worker.device = gpu\n",
            "  segmentation.worker.resolution = fast\n",
            "  segmentation.worker.roi-subset = [\"liver\", \"spleen\"]\n",
            "  segmentation.worker.threads = 2\n",
            "  structures.definitions = \"custom_structures_pelvic.yaml\"\n",
            "  radiomics.mr-parameters = \"my_mr.yaml\"\n",
            "  radiomics.skip-rois = [\"body\", \"couch surface\"]\n",
            "  radiomics.min-voxels = 64\n");
    assertThat(hocon).doesNotContain("ct-parameters", "colour", "scheduler");
  }

  @Test
  void everyKeyWithoutCounterpartIsNamedWithItsLineAndReason() {
    List<String> notices = PythonConfiguration.migrate(OLD).notices();

    assertThat(notices)
        .contains(
            "line 15: segmentation.threads_per_worker is left out: one task for each GPU, nothing"
                + " to set",
            "line 8: scheduler.prioritize_short_courses is left out: the dearest course starts"
                + " first, so that the night ends sooner",
            "line 34: colour is left out: it is not known")
        .anySatisfy(notice -> assertThat(notice).contains("scheduler is left out", "cores - 1"))
        .anySatisfy(notice -> assertThat(notice).contains("radiomics_robustness is left out"))
        .noneSatisfy(notice -> assertThat(notice).contains("extra_models"));
  }

  @Test
  void aKeyThatIsGoneIsNamedThoughItsValueIsEmpty() {
    assertThat(PythonConfiguration.migrate("segmentation:\n  threads_per_worker: null\n").notices())
        .containsExactly(
            "line 2: segmentation.threads_per_worker is left out: one task for each GPU, nothing"
                + " to set");
  }

  @Test
  void theOlderWordForTheNumberOfWorkersCountsWithoutTheNewerOne() {
    assertThat(PythonConfiguration.migrate("workers: 8\n").hocon())
        .contains("  engine.workers = 8\n");
    assertThat(PythonConfiguration.migrate("workers: auto\n").hocon())
        .contains("  engine.workers = \"auto\"\n");
    PythonConfiguration.Migrated both = PythonConfiguration.migrate("max_workers: 4\nworkers: 8\n");
    assertThat(both.hocon()).contains("engine.workers = 4\n").doesNotContain("8");
    assertThat(both.notices()).containsExactly("line 2: workers is left out: max_workers says it");
  }

  @Test
  void furtherTasksAreAskedForAndThoseForMrAreNamed() {
    PythonConfiguration.Migrated migrated =
        PythonConfiguration.migrate(
            "segmentation:\n  fast: True\n  extra_models: [lung_vessels, body_mr]\n");
    assertThat(migrated.hocon())
        .contains(
            "  segmentation.worker.resolution = fast\n",
            "  segmentation.worker.extra-models = [\"lung_vessels\"]\n");
    assertThat(migrated.notices())
        .containsExactly(
            "line 3: segmentation.extra_models is left out: a run has one task for MR,"
                + " segmentation.worker.mr-task");
  }

  @Test
  void limitsOfPetKeepTheirNumbersAndSeriesAreNoMatterOfCopies() {
    PythonConfiguration.Migrated migrated =
        PythonConfiguration.migrate(
            """
            organize:
              do_segment_all_series: true
            container_image: x
            pet:
              do_ingest_pet_suv: true
              suv_decay_guard_tol: 0.05
              suv_zextent_primary_fraction: 0.8
            """);
    assertThat(migrated.hocon())
        .contains("  pet.decay-guard-tolerance = 0.05\n", "  pet.primary-extent = 0.8\n");
    assertThat(migrated.notices())
        .contains(
            "line 2: organize.do_segment_all_series is left out: segmentation.images says in which"
                + " images structures are found, planning CT or MR",
            "line 3: container_image is left out: there is no Python environment to choose",
            "line 5: pet.do_ingest_pet_suv is left out: uptake is always computed; the section pet"
                + " sets its rules");
  }

  @Test
  void croppingKeepsItsRegionMarginsAndUses() {
    PythonConfiguration.Migrated thorax =
        PythonConfiguration.migrate(
            """
            ct_cropping:
              enabled: true
              region: head_neck
              superior_margin_cm: 2.5
              inferior_margin_cm: null
              use_cropped_for_dvh: false
              use_cropped_for_radiomics: true
              keep_original: true
            """);
    assertThat(thorax.hocon())
        .contains(
            "  cropping.enabled = true\n",
            "  cropping.region = head-neck\n",
            "  cropping.superior-margin-mm = 25\n",
            "  cropping.results = [radiomics]\n")
        .doesNotContain("inferior");
    assertThat(thorax.notices())
        .containsExactly(
            "line 8: ct_cropping.keep_original is left out: whole structures always stay");
  }

  @Test
  void aMarginThatThePythonSystemNeverUsedIsLeftOut() {
    PythonConfiguration.Migrated pelvis =
        PythonConfiguration.migrate(
            """
            ct_cropping:
              enabled: true
              superior_margin_cm: 2.0
              inferior_margin_cm: 2.0
            """);
    assertThat(pelvis.hocon())
        .contains("  cropping.inferior-margin-mm = 20\n", "  cropping.results = [dvh]\n")
        .doesNotContain("superior");
    assertThat(pelvis.notices())
        .singleElement()
        .satisfies(
            notice ->
                assertThat(notice).contains("line 3: ct_cropping.superior_margin_cm", "top of L1"));
    assertThat(PythonConfiguration.migrate("ct_cropping:\n  inferior_margin_cm: wide\n").notices())
        .containsExactly("line 2: ct_cropping.inferior_margin_cm = wide has no counterpart");
  }

  @Test
  void valuesWithoutCounterpartAreNamed() {
    assertThat(PythonConfiguration.migrate("segmentation:\n  device: mps\n").notices())
        .containsExactly("line 2: segmentation.device = mps has no counterpart");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PythonConfiguration.migrate("a: [1\n"))
        .withMessageStartingWith("line ");
  }

  @Test
  void theJobFileIsGood(@TempDir Path folder) throws IOException, ConfigurationException {
    Path parameters = Files.writeString(folder.resolve("my_mr.yaml"), "setting: {binWidth: 5}\n");
    String old =
        OLD.replace("my_mr.yaml", parameters.toString())
            .replace("custom_structures_pelvic.yaml", "pelvic");
    Path job =
        Files.writeString(folder.resolve("job.conf"), PythonConfiguration.migrate(old).hocon());

    Job read = Sections.job(new JobSource(job, List.of(), Set.of()));

    assertThat(read.selection().asksFor(RequestedStage.RADIOMICS)).isTrue();
    assertThat(read.cropping())
        .isEqualTo(
            new CropOptions(
                CropOptions.Mode.ON,
                CropRegion.ABDOMEN,
                20.0,
                15.0,
                List.of(CropOptions.Result.DVH)));
  }
}
