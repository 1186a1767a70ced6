package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dicom.EditedFiles;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.fixture.SharedSpark;

/** A course whose structure set has a frame of reference of its own, beside itself as it was. */
@ExtendWith(SharedSpark.class)
final class MadeUpFrameRunTest {

  private static final String FRAME = "2.25.4711";

  @TempDir static Path cohort;
  @TempDir static Path before;
  @TempDir static Path after;

  private final JavaSparkContext context;

  MadeUpFrameRunTest(JavaSparkContext context) {
    this.context = context;
  }

  @BeforeAll
  static void run(JavaSparkContext context) throws Exception {
    Phantoms.write(cohort, 1);
    SparkEngine engine = Runs.engine(context, 2);
    CohortRun.run(engine, Runs.withRadiomics(cohort, before), Runs.SILENT);
    EditedFiles.putIntoFrame(FRAME, cohort.resolve("PHANTOM-0001/RS.dcm"));
    CohortRun.run(engine, Runs.withRadiomics(cohort, after), Runs.SILENT);
  }

  @Test
  void dosesAndFeaturesAreThoseOfTheImagesItWasDrawnOn() throws Exception {
    String[] doses = {"roi_number", "volume_cm3", "dmean_gy", "dmax_gy", "outcome"};
    String[] features = {"roi_number", "feature", "value"};
    List<String> rows = Runs.rows(context, before, "dvh", doses);
    assertThat(rows).hasSizeGreaterThan(5);
    assertThat(Runs.rows(context, after, "dvh", doses)).isEqualTo(rows);
    assertThat(Runs.rows(context, after, "radiomics", features))
        .isNotEmpty()
        .isEqualTo(Runs.rows(context, before, "radiomics", features));
  }

  @Test
  void theChangeIsFoundOnceByEachStageThatUsesIt() {
    assertThat(Runs.rows(context, after, "findings", "stage", "level", "code"))
        .filteredOn(row -> row.contains("ROI_FRAME_OF_REFERENCE"))
        .containsExactlyInAnyOrder(
            "{code=ROI_FRAME_OF_REFERENCE, level=WARN, stage=dvh}",
            "{code=ROI_FRAME_OF_REFERENCE, level=WARN, stage=radiomics}");
    assertThat(Runs.rows(context, before, "findings", "code"))
        .noneMatch(row -> row.contains("ROI_FRAME_OF_REFERENCE"));
  }
}
