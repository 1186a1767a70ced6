package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.ControlPoint;
import org.rtpipeline.model.DoseDetail;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageDetail;
import org.rtpipeline.model.PatientDetail;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.PlanDetail;
import org.rtpipeline.model.PlannedBeam;

/** What metadata read of plans, images and doses, whole and odd. */
final class DetailReadersTest {

  private static DicomObject positions(String type, double... mm) {
    return DicomObject.builder()
        .text(Tags.RT_BEAM_LIMITING_DEVICE_TYPE, type)
        .numbers(Tags.LEAF_JAW_POSITIONS, mm)
        .build();
  }

  private static DicomObject.Builder beam(int number) {
    return DicomObject.builder()
        .integers(Tags.BEAM_NUMBER, number)
        .text(Tags.RADIATION_TYPE, "PHOTON")
        .numbers(Tags.FINAL_CUMULATIVE_METERSET_WEIGHT, 1)
        .items(
            Tags.BEAM_LIMITING_DEVICE_SEQUENCE,
            DicomObject.builder()
                .text(Tags.RT_BEAM_LIMITING_DEVICE_TYPE, "MLCX")
                .numbers(Tags.LEAF_POSITION_BOUNDARIES, -10, 0, 10)
                .build());
  }

  private static DicomObject movingBeam() {
    return beam(1)
        .items(
            Tags.CONTROL_POINT_SEQUENCE,
            DicomObject.builder()
                .numbers(Tags.NOMINAL_BEAM_ENERGY, 6)
                .numbers(Tags.GANTRY_ANGLE, 180)
                .text(Tags.GANTRY_ROTATION_DIRECTION, "CW")
                .numbers(Tags.BEAM_LIMITING_DEVICE_ANGLE, 10)
                .numbers(Tags.PATIENT_SUPPORT_ANGLE, 350)
                .numbers(Tags.CUMULATIVE_METERSET_WEIGHT, 0)
                .items(
                    Tags.BEAM_LIMITING_DEVICE_POSITION_SEQUENCE,
                    positions("ASYMY", -10, 10),
                    positions("MLCX", -5, -5, 5, 5))
                .build(),
            DicomObject.builder()
                .numbers(Tags.GANTRY_ANGLE, 190)
                .numbers(Tags.CUMULATIVE_METERSET_WEIGHT, 1)
                .items(Tags.BEAM_LIMITING_DEVICE_POSITION_SEQUENCE, positions("MLCX", -4, -5, 5, 6))
                .build())
        .build();
  }

  private static DicomObject.Builder plan() {
    return Samples.identity(SopClass.RT_PLAN, "1.2.3")
        .text(Tags.PATIENT_NAME, "DOE^JANE")
        .text(Tags.PATIENT_BIRTH_DATE, "19600305")
        .text(Tags.PATIENT_SEX, "F")
        .numbers(Tags.PATIENT_WEIGHT, 64)
        .numbers(Tags.PATIENT_SIZE, 0)
        .text(Tags.PATIENT_AGE, "063Y")
        .text(Tags.OPERATORS_NAME, "A^B", "C^D")
        .text(Tags.RT_PLAN_NAME, "Prostate")
        .text(Tags.RT_PLAN_TIME, "103000.25")
        .text(Tags.REVIEW_DATE, "20240302")
        .text(Tags.REVIEW_TIME, "0815")
        .text(Tags.REVIEWER_NAME, "REVIEW^E")
        .items(
            Tags.DOSE_REFERENCE_SEQUENCE,
            DicomObject.builder()
                .integers(Tags.DOSE_REFERENCE_NUMBER, 7)
                .text(Tags.DOSE_REFERENCE_STRUCTURE_TYPE, "VOLUME")
                .integers(Tags.REFERENCED_ROI_NUMBER, 3)
                .numbers(Tags.TARGET_PRESCRIPTION_DOSE, 60)
                .build())
        .items(Tags.BEAM_SEQUENCE, movingBeam());
  }

  private static PlanDetail read(DicomObject.Builder plan) throws DicomException {
    return PlanDetailReader.read("made.dcm", Samples.stream(plan));
  }

  @Test
  void whatAControlPointLeavesOutIsAsItWasBefore() throws Exception {
    PlannedBeam beam = read(plan()).beams().get(0);
    assertThat(beam.devices())
        .containsExactly(new PlannedBeam.Device("MLCX", List.of(-10.0, 0.0, 10.0)));
    ControlPoint last = beam.controlPoints().get(1);
    assertThat(last.energyMv()).isEqualTo(6.0);
    assertThat(last.gantryDeg()).isEqualTo(190.0);
    assertThat(last.gantryRotation()).isEqualTo("CW");
    assertThat(last.collimatorDeg()).isEqualTo(10.0);
    assertThat(last.couchDeg()).isEqualTo(350.0);
    assertThat(last.positionsMm("ASYMY")).hasValue(List.of(-10.0, 10.0));
    assertThat(last.positionsMm("MLCX")).hasValue(List.of(-4.0, -5.0, 5.0, 6.0));
    assertThat(last.positionsMm("MLCY")).isEmpty();
  }

  @Test
  void planTellsOfReviewPrescriptionAndPatient() throws Exception {
    PlanDetail detail = read(plan());
    assertThat(detail.name()).isEqualTo("Prostate");
    assertThat(detail.time()).isEqualTo(LocalTime.of(10, 30));
    assertThat(detail.review())
        .isEqualTo(
            new PlanDetail.Review(LocalDate.of(2024, 3, 2), LocalTime.of(8, 15), "REVIEW^E"));
    assertThat(detail.doseReferences().get(0).number()).isEqualTo(7);
    assertThat(detail.doseReferences().get(0).prescription().targetPrescriptionDoseGy())
        .isEqualTo(60.0);
    PatientDetail patient = detail.patient();
    assertThat(patient.sex()).isEqualTo("F");
    assertThat(patient.weightKg()).isEqualTo(64.0);
    assertThat(patient.heightM()).as("0 is no height").isNull();
    assertThat(patient.ageYears()).isEqualTo(63.0);
    assertThat(patient.staff().operators()).containsExactly("A^B", "C^D");
    assertThat(detail.findings()).isEmpty();
  }

  @Test
  void peopleAreLeftOutOfWhatRowsCarry() throws Exception {
    PlanDetail told = read(plan()).asTold(PersonalData.DROP);
    assertThat(told.toString())
        .doesNotContain("DOE")
        .doesNotContain("REVIEW^E")
        .doesNotContain("A^B")
        .doesNotContain("1960");
    assertThat(told.beams()).isEmpty();
    assertThat(read(plan()).asTold(PersonalData.KEEP).review().reviewer()).isEqualTo("REVIEW^E");
  }

  @Test
  void oddDatesAndTimesAreFoundAndLeftOut() throws Exception {
    PlanDetail detail =
        read(
            plan()
                .text(Tags.REVIEW_DATE, "20241399")
                .text(Tags.PATIENT_BIRTH_DATE, "unknown")
                .text(Tags.RT_PLAN_TIME, "noon")
                .text(Tags.REVIEW_TIME, "9999"));
    assertThat(detail.time()).isNull();
    assertThat(detail.review().date()).isNull();
    assertThat(detail.review().time()).isNull();
    assertThat(detail.patient().person().birthDate()).isNull();
    assertThat(Samples.codes(detail.findings())).hasSize(4).containsOnly(Finding.Code.INVALID_DATE);
    assertThat(detail.findings().get(1).message())
        .isEqualTo("attribute (0010,0030) is no date")
        .doesNotContain("unknown");
  }

  @Test
  void planWithoutSequencesIsReadAndEmpty() throws Exception {
    PlanDetail detail = read(Samples.identity(SopClass.RT_PLAN, "1.2.3"));
    assertThat(detail.beams()).isEmpty();
    assertThat(detail.doseReferences()).isEmpty();
    assertThat(detail.patient()).isEqualTo(PatientDetail.UNKNOWN);
    assertThat(detail.review()).isEqualTo(new PlanDetail.Review(null, null, null));
  }

  @Test
  void beamsWithoutControlPointsOrNumbersAndEmptyValuesAreTolerated() throws Exception {
    PlanDetail detail =
        read(
            Samples.identity(SopClass.RT_PLAN, "1.2.3")
                .items(
                    Tags.BEAM_SEQUENCE,
                    beam(1).build(),
                    DicomObject.builder().build(),
                    beam(2)
                        .items(
                            Tags.CONTROL_POINT_SEQUENCE,
                            DicomObject.builder()
                                .empty(Tags.NOMINAL_BEAM_ENERGY)
                                .empty(Tags.GANTRY_ANGLE)
                                .items(
                                    Tags.BEAM_LIMITING_DEVICE_POSITION_SEQUENCE,
                                    DicomObject.builder().build())
                                .build())
                        .build(),
                    beam(2).build()));
    assertThat(detail.beams()).extracting(b -> b.beam().number()).containsExactly(1, 2);
    assertThat(detail.beams().get(0).controlPoints()).isEmpty();
    assertThat(detail.beams().get(1).controlPoints().get(0).energyMv()).isNull();
  }

  @Test
  void ionBeamsHaveTheirOwnSequences() throws Exception {
    PlanDetail detail =
        read(
            Samples.identity(SopClass.RT_ION_PLAN, "1.2.3")
                .items(
                    Tags.ION_BEAM_SEQUENCE,
                    DicomObject.builder()
                        .integers(Tags.BEAM_NUMBER, 4)
                        .items(
                            Tags.ION_BEAM_LIMITING_DEVICE_SEQUENCE,
                            DicomObject.builder()
                                .text(Tags.RT_BEAM_LIMITING_DEVICE_TYPE, "MLCX")
                                .build())
                        .items(
                            Tags.ION_CONTROL_POINT_SEQUENCE,
                            DicomObject.builder().numbers(Tags.NOMINAL_BEAM_ENERGY, 150.5).build())
                        .build()));
    assertThat(detail.beams().get(0).devices()).hasSize(1);
    assertThat(detail.beams().get(0).controlPoints().get(0).energyMv()).isEqualTo(150.5);
  }

  @Test
  void agesAreReadInEveryUnit() throws Exception {
    assertThat(ageYears("063Y")).isEqualTo(63.0);
    assertThat(ageYears("018M")).isEqualTo(1.5);
    assertThat(ageYears("100W")).isBetween(1.91, 1.92);
    assertThat(ageYears("030D")).isBetween(0.08, 0.083);
    assertThat(ageYears("063")).isNull();
    assertThat(ageYears("06xY")).isNull();
    assertThat(ageYears("063Q")).isNull();
  }

  private static @Nullable Double ageYears(String age) throws DicomException {
    return read(plan().text(Tags.PATIENT_AGE, age)).patient().ageYears();
  }

  @Test
  void imagesTellHowTheyWereMade() throws Exception {
    ImageDetail detail =
        ImageDetailReader.read(
            "made.dcm",
            Samples.stream(
                Samples.ctSlice("1.2.5", 0)
                    .text(Tags.MANUFACTURER, "MAKER")
                    .text(Tags.CONVOLUTION_KERNEL, "Br40f", "3")
                    .numbers(Tags.KVP, 120)
                    .integers(Tags.X_RAY_TUBE_CURRENT, 250)
                    .numbers(Tags.SPIRAL_PITCH_FACTOR, 0.8)
                    .numbers(Tags.REVOLUTION_TIME, 0.5)
                    .numbers(Tags.RECONSTRUCTION_DIAMETER, 500)
                    .empty(Tags.SLICE_THICKNESS)
                    .text(Tags.CONTRAST_BOLUS_AGENT, "IOHEXOL")
                    .text(Tags.CONTRAST_BOLUS_ROUTE, "IV")));
    assertThat(detail.scanner().manufacturer()).isEqualTo("MAKER");
    assertThat(detail.reconstruction().kernels()).containsExactly("Br40f", "3");
    assertThat(detail.reconstruction().pixelSpacingMm()).containsExactly(2.0, 1.5);
    assertThat(detail.reconstruction().sliceThicknessMm()).isNull();
    assertThat(detail.exposure().tubeVoltageKv()).isEqualTo(120.0);
    assertThat(detail.exposure().tubeCurrentMa()).isEqualTo(250.0);
    assertThat(detail.exposure().pitchFactor()).isEqualTo(0.8);
    assertThat(detail.contrast().route()).isEqualTo("IV");
  }

  @Test
  void dosesTellOfTheirGridWithoutBeingRead() throws Exception {
    DoseDetail detail = DoseDetailReader.read("made.dcm", Samples.stream(Samples.dose()));
    assertThat(detail.frameOffsetsMm()).containsExactly(0.0, 2.0, 4.0);
    assertThat(detail.scaling()).isEqualTo(0.5);
    assertThat(detail.frames()).isEqualTo(3);
    assertThat(detail.withoutPatient()).isEqualTo(detail);
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(() -> DoseDetailReader.read("made.dcm", Samples.stream(plan())));
  }
}
