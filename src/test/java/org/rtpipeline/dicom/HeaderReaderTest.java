package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Reference;
import org.rtpipeline.model.Reference.Role;
import org.rtpipeline.model.ScannedFile;

class HeaderReaderTest {
  private static InstanceHeader header(DicomObject.Builder builder) {
    ScannedFile scanned = Samples.scan(builder);
    assertThat(scanned.use()).isEqualTo(ScannedFile.Use.USED);
    return Objects.requireNonNull(scanned.header());
  }

  private static Finding.Code onlyCode(ScannedFile scanned) {
    assertThat(scanned.findings()).hasSize(1);
    return scanned.findings().get(0).code();
  }

  @Test
  void imagesGiveIdentityAndGeometry() {
    InstanceHeader header =
        header(Samples.ctSlice("1.2.3", 7.5).numbers(Tags.SLICE_THICKNESS, 2.5));
    assertThat(header.sopInstanceUid()).isEqualTo("1.2.3");
    assertThat(header.patientId()).isEqualTo("P-1");
    assertThat(header.studyUid()).isEqualTo("1.2.826.1");
    assertThat(header.seriesUid()).isEqualTo("1.2.826.2");
    assertThat(header.frameOfReferenceUid()).isEqualTo(Samples.FRAME);
    assertThat(header.modality()).isEqualTo("CT");
    assertThat(header.findings()).isEmpty();
    assertThat(header.facts())
        .isEqualTo(
            new ObjectFacts.Image(
                null,
                List.of("ORIGINAL", "PRIMARY", "AXIAL"),
                null,
                2,
                3,
                1,
                List.of(-10.0, -20.0, 7.5),
                List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0),
                null,
                null,
                null,
                2.5));
  }

  @Test
  void structureSetsPointToFramesStudiesSeriesAndImages() {
    DicomObject contour =
        DicomObject.builder()
            .items(Tags.CONTOUR_IMAGE_SEQUENCE, Samples.reference(SopClass.CT, "1.2.9"))
            .text(Tags.CONTOUR_DATA, "1\\2\\3")
            .build();
    DicomObject series =
        DicomObject.builder()
            .text(Tags.SERIES_INSTANCE_UID, "1.2.7")
            .items(
                Tags.CONTOUR_IMAGE_SEQUENCE,
                Samples.reference(SopClass.CT, "1.2.8"),
                Samples.reference(SopClass.CT, "1.2.9"))
            .build();
    DicomObject study =
        DicomObject.builder()
            .text(Tags.REFERENCED_SOP_INSTANCE_UID, "1.2.6")
            .items(Tags.RT_REFERENCED_SERIES_SEQUENCE, series)
            .build();
    DicomObject frame =
        DicomObject.builder()
            .text(Tags.FRAME_OF_REFERENCE_UID, Samples.FRAME)
            .items(Tags.RT_REFERENCED_STUDY_SEQUENCE, study)
            .build();
    InstanceHeader header =
        header(
            Samples.structureSet(
                    List.of(Samples.roi(1, "PTV"), Samples.roi(2, "")),
                    List.of(Samples.roiContours(1, contour)),
                    List.of())
                .without(Tags.FRAME_OF_REFERENCE_UID)
                .items(Tags.REFERENCED_FRAME_OF_REFERENCE_SEQUENCE, frame));
    assertThat(header.references())
        .containsExactly(
            new Reference(Role.FRAME_OF_REFERENCE, Samples.FRAME),
            new Reference(Role.STUDY, "1.2.6"),
            new Reference(Role.SERIES, "1.2.7"),
            new Reference(Role.IMAGE, "1.2.8"),
            new Reference(Role.IMAGE, "1.2.9"));
    assertThat(header.frameOfReferenceUid()).isEqualTo(Samples.FRAME);
    ObjectFacts.Structures facts = (ObjectFacts.Structures) header.facts();
    assertThat(facts.roiNames()).containsExactly("PTV", "");
    assertThat(facts.label()).isEqualTo("Planning");
    assertThat(facts.date()).isEqualTo(LocalDate.of(2024, 3, 1));
    assertThat(facts.approvalStatus()).isEqualTo("APPROVED");
  }

  @Test
  void dosesPointToEveryPlanAndName() {
    DicomObject beams =
        DicomObject.builder()
            .items(
                Tags.REFERENCED_BEAM_SEQUENCE,
                DicomObject.builder().integers(Tags.REFERENCED_BEAM_NUMBER, 2).build())
            .build();
    DicomObject plan =
        DicomObject.builder()
            .all(Samples.reference(SopClass.RT_PLAN, "1.2.5"))
            .items(Tags.REFERENCED_FRACTION_GROUP_SEQUENCE, beams)
            .build();
    InstanceHeader header =
        header(
            Samples.dose()
                .items(
                    Tags.REFERENCED_RT_PLAN_SEQUENCE,
                    plan,
                    Samples.reference(SopClass.RT_PLAN, "1.2.6"))
                .items(
                    Tags.REFERENCED_STRUCTURE_SET_SEQUENCE,
                    Samples.reference(SopClass.RT_STRUCTURE_SET, "1.2.7")));
    assertThat(header.referenced(Role.PLAN)).containsExactly("1.2.5", "1.2.6");
    assertThat(header.referenced(Role.STRUCTURE_SET)).containsExactly("1.2.7");
    assertThat(header.facts())
        .isEqualTo(
            new ObjectFacts.Dose(
                "GY", "PHYSICAL", "PLAN", List.of(2), 18, List.of(1.0, 2.0, 3.0, 7.0, 4.5, 7.0)));
  }

  @Test
  void aDoseWithoutGridHasNoPlaceInThePatient() {
    InstanceHeader header =
        header(Samples.dose().text(Tags.IMAGE_ORIENTATION_PATIENT, "1", "0", "0"));
    assertThat(header.facts())
        .isInstanceOfSatisfying(ObjectFacts.Dose.class, dose -> assertThat(dose.boxMm()).isEmpty());
  }

  @Test
  void plansSayHowTheyStandToOthersAndWhatTheyAreCalled() {
    DicomObject other =
        DicomObject.builder()
            .text(Tags.REFERENCED_SOP_INSTANCE_UID, "1.2.9")
            .text(Tags.RT_PLAN_RELATIONSHIP, "PREDECESSOR")
            .build();
    InstanceHeader header =
        header(
            Samples.identity(SopClass.RT_PLAN, "1.2.3")
                .text(Tags.RT_PLAN_LABEL, "A")
                .text(Tags.RT_PLAN_NAME, "A")
                .text(Tags.RT_PLAN_DESCRIPTION, "adapted")
                .text(Tags.RT_PLAN_TIME, "101500")
                .items(
                    Tags.REFERENCED_RT_PLAN_SEQUENCE,
                    other,
                    Samples.reference(SopClass.RT_PLAN, "1.2.10")));
    assertThat(header.facts())
        .isInstanceOfSatisfying(
            ObjectFacts.PlanFacts.class,
            plan -> {
              assertThat(plan.words()).isEqualTo("A adapted");
              assertThat(plan.time()).isEqualTo(java.time.LocalTime.of(10, 15));
              assertThat(plan.relations())
                  .containsExactly(new ObjectFacts.PlanRelation("PREDECESSOR", "1.2.9"));
            });
  }

  @Test
  void plansPointToStructureSetsDosesAndPlans() {
    InstanceHeader header =
        header(
            Samples.identity(SopClass.RT_PLAN, "1.2.3")
                .text(Tags.RT_PLAN_LABEL, "A")
                .items(
                    Tags.REFERENCED_STRUCTURE_SET_SEQUENCE,
                    Samples.reference(SopClass.RT_STRUCTURE_SET, "1.2.7"))
                .items(Tags.REFERENCED_DOSE_SEQUENCE, Samples.reference(SopClass.RT_DOSE, "1.2.8"))
                .items(
                    Tags.REFERENCED_RT_PLAN_SEQUENCE,
                    Samples.reference(SopClass.RT_PLAN, "1.2.9")));
    assertThat(header.references())
        .containsExactlyInAnyOrder(
            new Reference(Role.STRUCTURE_SET, "1.2.7"),
            new Reference(Role.DOSE, "1.2.8"),
            new Reference(Role.PLAN, "1.2.9"));
    assertThat(((ObjectFacts.PlanFacts) header.facts()).prescriptionGy()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = SopClass.class,
      names = {
        "RT_BEAMS_TREATMENT_RECORD",
        "RT_ION_BEAMS_TREATMENT_RECORD",
        "RT_BRACHY_TREATMENT_RECORD"
      })
  void recordsOfEveryKindPointToTheirPlan(SopClass sopClass) {
    InstanceHeader header =
        header(
            Samples.identity(sopClass, "1.2.3")
                .text(Tags.TREATMENT_DATE, "20240305")
                .items(
                    Tags.TREATMENT_SESSION_APPLICATION_SETUP_SEQUENCE,
                    DicomObject.builder().integers(Tags.CURRENT_FRACTION_NUMBER, 4).build())
                .items(
                    Tags.REFERENCED_RT_PLAN_SEQUENCE,
                    Samples.reference(SopClass.RT_PLAN, "1.2.9")));
    assertThat(header.modality()).isEqualTo("RTRECORD");
    assertThat(header.referenced(Role.PLAN)).containsExactly("1.2.9");
    assertThat(header.facts()).isEqualTo(new ObjectFacts.Delivery(LocalDate.of(2024, 3, 5), 4));
  }

  @Test
  void recordsSayWhichTreatmentBeamsWereDeliveredWhole() {
    InstanceHeader header =
        header(
            Samples.identity(SopClass.RT_BEAMS_TREATMENT_RECORD, "1.2.3")
                .items(
                    Tags.TREATMENT_SESSION_BEAM_SEQUENCE,
                    delivered(1, "TREATMENT", 100),
                    delivered(2, "TREATMENT", 60),
                    delivered(3, "SETUP", 100)));
    assertThat(header.facts())
        .isEqualTo(new ObjectFacts.Delivery(null, null, List.of("SETUP", "TREATMENT"), List.of(1)));
  }

  private static DicomObject delivered(int beam, String type, double mu) {
    return DicomObject.builder()
        .integers(Tags.REFERENCED_BEAM_NUMBER, beam)
        .text(Tags.TREATMENT_DELIVERY_TYPE, type)
        .numbers(Tags.SPECIFIED_PRIMARY_METERSET, 100)
        .numbers(Tags.DELIVERED_PRIMARY_METERSET, mu)
        .build();
  }

  @Test
  void registrationsPointToBothFrames() {
    DicomObject series =
        DicomObject.builder()
            .text(Tags.SERIES_INSTANCE_UID, "1.2.4")
            .items(Tags.REFERENCED_INSTANCE_SEQUENCE, Samples.reference(SopClass.MR, "1.2.5"))
            .build();
    DicomObject study =
        DicomObject.builder()
            .text(Tags.STUDY_INSTANCE_UID, "1.2.6")
            .items(Tags.REFERENCED_SERIES_SEQUENCE, series)
            .build();
    InstanceHeader header =
        header(
            Samples.identity(SopClass.SPATIAL_REGISTRATION, "1.2.3")
                .items(
                    Tags.REGISTRATION_SEQUENCE,
                    DicomObject.builder().text(Tags.FRAME_OF_REFERENCE_UID, "1.2.1").build(),
                    DicomObject.builder().text(Tags.FRAME_OF_REFERENCE_UID, "1.2.2").build())
                .items(Tags.STUDIES_CONTAINING_OTHER_REFERENCED_INSTANCES_SEQUENCE, study));
    assertThat(header.referenced(Role.FRAME_OF_REFERENCE)).containsExactly("1.2.1", "1.2.2");
    assertThat(header.referenced(Role.STUDY)).containsExactly("1.2.6");
    assertThat(header.referenced(Role.SERIES)).containsExactly("1.2.4");
    assertThat(header.referenced(Role.IMAGE)).containsExactly("1.2.5");
    assertThat(header.facts()).isEqualTo(new ObjectFacts.Link());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.840.10008.1.3.10",
        "1.2.840.10008.5.1.4.1.1.88.11",
        "1.2.840.10008.5.1.4.1.1.6.1",
        "1.2.840.10008.5.1.4.1.1.9.1.1",
        "1.2.840.10008.5.1.4.1.1.66.5",
        "1.2.840.10008.5.1.4.1.1.66.3"
      })
  void objectsOfOtherClassesAreIgnored(String sopClassUid) {
    ScannedFile scanned =
        Samples.scan(Samples.ctSlice("1.2.3", 0).text(Tags.SOP_CLASS_UID, sopClassUid));
    assertThat(scanned.use()).isEqualTo(ScannedFile.Use.IGNORED);
    assertThat(onlyCode(scanned)).isEqualTo(Finding.Code.NOT_RADIOTHERAPY);
  }

  @Test
  void otherFilesAreIgnored() {
    ScannedFile scanned = Samples.scan(new byte[] {'P', 'K', 3, 4, 5, 6, 7, 8, 9, 10});
    assertThat(scanned.use()).isEqualTo(ScannedFile.Use.IGNORED);
    assertThat(onlyCode(scanned)).isEqualTo(Finding.Code.NOT_DICOM);
  }

  @Test
  void overlongUidsAreRejected() {
    ScannedFile scanned =
        Samples.scan(Samples.ctSlice("1.2.3", 0).text(Tags.SERIES_INSTANCE_UID, "1".repeat(65)));
    assertThat(scanned.use()).isEqualTo(ScannedFile.Use.REJECTED);
    assertThat(onlyCode(scanned)).isEqualTo(Finding.Code.INVALID_UID);
  }

  @Test
  void uidsThatLookLikePathsAreRejected() {
    ScannedFile scanned =
        Samples.scan(Samples.ctSlice("1.2.3", 0).text(Tags.STUDY_INSTANCE_UID, "../../x"));
    assertThat(onlyCode(scanned)).isEqualTo(Finding.Code.INVALID_UID);
  }

  @Test
  void hashesInPlaceOfUidsAreUsedAndFlagged() {
    ScannedFile scanned = Samples.scan(Samples.ctSlice("a0b1", 0));
    assertThat(scanned.use()).isEqualTo(ScannedFile.Use.USED);
    assertThat(onlyCode(scanned)).isEqualTo(Finding.Code.INVALID_UID);
  }

  @Test
  void missingPatientIdIsFlagged() {
    ScannedFile scanned = Samples.scan(Samples.ctSlice("1.2.3", 0).without(Tags.PATIENT_ID));
    assertThat(onlyCode(scanned)).isEqualTo(Finding.Code.MISSING_PATIENT_ID);
  }

  @Test
  void missingSeriesIsFlagged() {
    ScannedFile scanned =
        Samples.scan(Samples.ctSlice("1.2.3", 0).without(Tags.SERIES_INSTANCE_UID));
    assertThat(onlyCode(scanned)).isEqualTo(Finding.Code.MISSING_UID);
  }

  @Test
  void modalityOfAnotherClassIsFlagged() {
    ScannedFile scanned = Samples.scan(Samples.ctSlice("1.2.3", 0).text(Tags.MODALITY, "MR"));
    assertThat(onlyCode(scanned)).isEqualTo(Finding.Code.MODALITY_MISMATCH);
  }

  @Test
  void findingsNameTheFileWithoutItsFolder() {
    ScannedFile scanned = Samples.scan(new byte[3]);
    assertThat(scanned.findings().get(0).subject()).isEqualTo("made.dcm");
  }
}
