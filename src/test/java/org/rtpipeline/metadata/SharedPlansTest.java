package org.rtpipeline.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.rtpipeline.dicom.PlanDetailReader;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.PlanDetail;

/**
 * Plans of other programs. The expected scores are those of a second implementation of McNiven 2010
 * and Masi 2013 in Python on what pydicom 3.0.2 reads.
 */
final class SharedPlansTest {

  private static PlanDetail read(String set) throws Exception {
    Path file = SharedData.require("rt").resolve(set).resolve("rtplan.dcm");
    try (InputStream in = Files.newInputStream(file)) {
      return PlanDetailReader.read("rtplan.dcm", in);
    }
  }

  private static CasePlan plan(String set) throws Exception {
    return CasePlan.of(
        List.of(read(set)),
        new CasePlan.Choice("the only plan of the course", CasePlan.Together.UNDECIDED),
        Map.of(),
        PersonalData.DROP);
  }

  @Test
  void slidingWindowBeamsHaveTheScoresOfASecondImplementation() throws Exception {
    List<BeamSummary> beams = plan("dicompyler-core").allBeams();
    double[] expected = {
      0.36781961711826966, 0.4223921023285419, 0.3919847439575418, 0.38368170983816535
    };
    assertThat(beams).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      ModulationComplexity.Score score = Objects.requireNonNull(beams.get(i).complexity().score());
      assertThat(score.score()).as("beam " + (i + 1)).isEqualTo(expected[i], within(1e-9));
    }
    assertThat(beams).extracting(b -> b.technique().technique()).containsOnly(Technique.IMRT);
  }

  @Test
  void fieldsHaveTheEnergiesAndMetersetsThatPydicomReads() throws Exception {
    CasePlan plan = plan("dicompyler-core");
    assertThat(plan.energiesMv()).containsExactly(6.0, 10.0);
    assertThat(plan.machines()).containsExactly("txmachine");
    assertThat(CaseJson.metersetByBeam(plan))
        .isEqualTo("{\"1\":97.0,\"2\":87.0,\"3\":89.0,\"4\":94.0}");
    assertThat(plan.metersetMu()).isEqualTo(367.0);
    assertThat(plan.plannedFractions()).isEqualTo(7);
    assertThat(plan.prescriptionGy()).isEqualTo(14.0);
    assertThat(plan.metersetPerGy()).isEqualTo(183.5);
    assertThat(CaseJson.prescriptions(plan))
        .contains("\"DoseReferenceDescription\":\"Breast\"")
        .contains("\"DoseReferenceStructureType\":\"COORDINATES\"");
    assertThat(plan.complexity().score())
        .isEqualTo(
            (97 * 0.36781961711826966
                    + 87 * 0.4223921023285419
                    + 89 * 0.3919847439575418
                    + 94 * 0.38368170983816535)
                / 367,
            within(1e-9));
  }

  @Test
  void fieldOfJawsAloneIsStaticAndHasNoScore() throws Exception {
    CasePlan plan = plan("pydicom");
    assertThat(plan.technique()).isEqualTo("STATIC");
    assertThat(plan.energiesMv()).containsExactly(6.0);
    assertThat(plan.prescriptionGy()).isEqualTo(30.826203);
    assertThat(plan.complexity().reason()).contains("no multileaf collimator");
  }
}
