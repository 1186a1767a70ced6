package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.Prescription;

class RtPlanReaderTest {
  private static DicomObject group(int fractions, int beam, double metersetMu) {
    return DicomObject.builder()
        .integers(Tags.NUMBER_OF_FRACTIONS_PLANNED, fractions)
        .items(
            Tags.REFERENCED_BEAM_SEQUENCE,
            DicomObject.builder()
                .integers(Tags.REFERENCED_BEAM_NUMBER, beam)
                .numbers(Tags.BEAM_METERSET, metersetMu)
                .build())
        .build();
  }

  private static DicomObject prescription(String type, double doseGy) {
    return DicomObject.builder()
        .text(Tags.DOSE_REFERENCE_TYPE, type)
        .text(Tags.DOSE_REFERENCE_DESCRIPTION, "PTV")
        .integers(Tags.REFERENCED_ROI_NUMBER, 3)
        .numbers(Tags.TARGET_PRESCRIPTION_DOSE, doseGy)
        .build();
  }

  private static DicomObject beam(int number, String deliveryType, int controlPointTag) {
    return DicomObject.builder()
        .integers(Tags.BEAM_NUMBER, number)
        .text(Tags.BEAM_NAME, "Arc " + number)
        .text(Tags.BEAM_TYPE, "DYNAMIC")
        .text(Tags.TREATMENT_DELIVERY_TYPE, deliveryType)
        .text(Tags.RADIATION_TYPE, "PHOTON")
        .text(Tags.TREATMENT_MACHINE_NAME, "L1")
        .items(
            controlPointTag,
            DicomObject.builder().numbers(Tags.NOMINAL_BEAM_ENERGY, 6).build(),
            DicomObject.builder().build())
        .build();
  }

  private static DicomObject.Builder plan() {
    return Samples.identity(SopClass.RT_PLAN, "1.2.3")
        .text(Tags.RT_PLAN_LABEL, "P1")
        .text(Tags.RT_PLAN_DATE, "20240301")
        .text(Tags.PLAN_INTENT, "CURATIVE")
        .text(Tags.APPROVAL_STATUS, "APPROVED")
        .items(Tags.FRACTION_GROUP_SEQUENCE, group(20, 1, 123.4), group(5, 2, 50))
        .items(
            Tags.DOSE_REFERENCE_SEQUENCE,
            prescription("TARGET", 60),
            prescription("ORGAN_AT_RISK", 70))
        .items(
            Tags.BEAM_SEQUENCE,
            beam(1, "TREATMENT", Tags.CONTROL_POINT_SEQUENCE),
            beam(2, "SETUP", Tags.CONTROL_POINT_SEQUENCE));
  }

  private static Plan read(DicomObject.Builder builder) throws DicomException {
    return RtPlanReader.read("made.dcm", Samples.stream(builder));
  }

  @Test
  void plansGivePrescriptionsFractionsAndBeams() throws Exception {
    Plan plan = read(plan());
    assertThat(plan.sopInstanceUid()).isEqualTo("1.2.3");
    assertThat(plan.label()).isEqualTo("P1");
    assertThat(plan.date()).isEqualTo(LocalDate.of(2024, 3, 1));
    assertThat(plan.intent()).isEqualTo("CURATIVE");
    assertThat(plan.approvalStatus()).isEqualTo("APPROVED");
    assertThat(plan.fractionsPlanned()).isEqualTo(25);
    assertThat(plan.prescriptionGy()).hasValue(60);
    assertThat(plan.prescriptions().get(0)).isEqualTo(new Prescription("TARGET", "PTV", 3, 60.0));
    assertThat(plan.beams().get(0))
        .isEqualTo(new Beam(1, "Arc 1", "DYNAMIC", "TREATMENT", "PHOTON", "L1", 6.0, 2, 123.4));
    assertThat(plan.beams()).extracting(Beam::isTreatment).containsExactly(true, false);
    assertThat(plan.findings()).isEmpty();
  }

  @Test
  void ionBeamsAreRead() throws Exception {
    Plan plan =
        read(
            Samples.identity(SopClass.RT_ION_PLAN, "1.2.3")
                .items(
                    Tags.ION_BEAM_SEQUENCE, beam(4, "TREATMENT", Tags.ION_CONTROL_POINT_SEQUENCE)));
    assertThat(plan.beams()).extracting(Beam::number).containsExactly(4);
    assertThat(plan.beams().get(0).nominalEnergyMv()).isEqualTo(6.0);
    assertThat(plan.beams().get(0).metersetMu()).isNull();
  }

  @Test
  void whatIsMissingIsFlaggedAndNotGuessed() throws Exception {
    Plan plan =
        read(
            Samples.identity(SopClass.RT_PLAN, "1.2.3")
                .text(Tags.RT_PLAN_DATE, "20241399")
                .items(Tags.BEAM_SEQUENCE, DicomObject.builder().build()));
    assertThat(plan.fractionsPlanned()).isNull();
    assertThat(plan.date()).isNull();
    assertThat(plan.prescriptionGy()).isEmpty();
    assertThat(plan.beams()).isEmpty();
    assertThat(Samples.codes(plan.findings()))
        .containsExactly(
            Finding.Code.INVALID_DATE, Finding.Code.NO_FRACTIONS, Finding.Code.INVALID_NUMBER);
  }

  @Test
  void aFractionGroupThatRefersToABeamThatIsNotThereIsFlagged() throws Exception {
    Plan plan =
        read(plan().items(Tags.FRACTION_GROUP_SEQUENCE, group(20, 1, 123.4), group(5, 3, 50)));
    assertThat(plan.findings())
        .containsExactly(
            new Finding(
                Finding.Level.WARN,
                Finding.Code.BEAM_MISSING,
                "1.2.3",
                "fraction groups refer to beams that the plan does not have: [3]"));
  }

  @Test
  void aFractionGroupWithFewerBeamsThanItSaysIsFlagged() throws Exception {
    Plan plan =
        read(
            plan()
                .items(
                    Tags.FRACTION_GROUP_SEQUENCE,
                    DicomObject.builder()
                        .integers(Tags.NUMBER_OF_FRACTIONS_PLANNED, 20)
                        .integers(Tags.NUMBER_OF_BEAMS, 2)
                        .items(
                            Tags.REFERENCED_BEAM_SEQUENCE,
                            DicomObject.builder().integers(Tags.REFERENCED_BEAM_NUMBER, 1).build())
                        .build()));
    assertThat(plan.findings())
        .extracting(Finding::code, Finding::message)
        .containsExactly(
            tuple(
                Finding.Code.BEAM_MISSING,
                "a fraction group has 1 beams, its number of beams (300A,0080) is 2"));
  }

  @Test
  void aTreatmentBeamWithoutEnergyIsFlaggedAndASetupBeamIsNot() throws Exception {
    DicomObject.Builder silent =
        DicomObject.builder()
            .integers(Tags.BEAM_NUMBER, 7)
            .items(Tags.CONTROL_POINT_SEQUENCE, DicomObject.builder().build());
    Plan treated = read(plan().items(Tags.BEAM_SEQUENCE, beams(silent.build())));
    Plan imaged =
        read(
            plan()
                .items(
                    Tags.BEAM_SEQUENCE,
                    beams(silent.text(Tags.TREATMENT_DELIVERY_TYPE, "SETUP").build())));
    assertThat(treated.findings())
        .containsExactly(
            new Finding(
                Finding.Level.WARN,
                Finding.Code.BEAM_ENERGY_MISSING,
                "1.2.3",
                "no control point of treatment beam 7 has a nominal energy (300A,0114)"));
    assertThat(imaged.findings()).isEmpty();
  }

  private static DicomObject[] beams(DicomObject more) {
    return new DicomObject[] {
      beam(1, "TREATMENT", Tags.CONTROL_POINT_SEQUENCE),
      beam(2, "SETUP", Tags.CONTROL_POINT_SEQUENCE),
      more
    };
  }

  @Test
  void truncatedPlansAreNeverReadInPart() {
    byte[] whole = Samples.file(plan().build());
    byte[] cut = Arrays.copyOf(whole, whole.length - 10);
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(() -> RtPlanReader.read("cut.dcm", new ByteArrayInputStream(cut)))
        .extracting(DicomException::code)
        .isEqualTo(Finding.Code.TRUNCATED_FILE);
  }
}
