package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.TreatmentRecord;

class RtRecordReaderTest {
  private static final DicomObject NONE = DicomObject.builder().build();

  private static TreatmentRecord read(DicomObject.Builder builder) throws DicomException {
    return RtRecordReader.read("made.dcm", Samples.stream(builder));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {Tags.TREATMENT_SESSION_BEAM_SEQUENCE, Tags.TREATMENT_SESSION_ION_BEAM_SEQUENCE})
  void recordsGiveDeliveredBeams(int sequence) throws Exception {
    DicomObject beam =
        DicomObject.builder()
            .integers(Tags.CURRENT_FRACTION_NUMBER, 7)
            .integers(Tags.REFERENCED_BEAM_NUMBER, 2)
            .numbers(Tags.SPECIFIED_PRIMARY_METERSET, 100.5)
            .numbers(Tags.DELIVERED_PRIMARY_METERSET, 99.5)
            .text(Tags.TREATMENT_TERMINATION_STATUS, "NORMAL")
            .text(Tags.TREATMENT_DELIVERY_TYPE, "TREATMENT")
            .build();
    TreatmentRecord read =
        read(
            Samples.identity(SopClass.RT_BEAMS_TREATMENT_RECORD, "1.2.3")
                .text(Tags.TREATMENT_DATE, "20240305")
                .text(Tags.TREATMENT_TIME, "093000")
                .items(
                    Tags.REFERENCED_RT_PLAN_SEQUENCE, Samples.reference(SopClass.RT_PLAN, "1.2.9"))
                .items(
                    Tags.TREATMENT_MACHINE_SEQUENCE,
                    DicomObject.builder().text(Tags.TREATMENT_MACHINE_NAME, "L1").build())
                .items(sequence, beam));
    assertThat(read.sopInstanceUid()).isEqualTo("1.2.3");
    assertThat(read.planUid()).isEqualTo("1.2.9");
    assertThat(read.date()).isEqualTo(LocalDate.of(2024, 3, 5));
    assertThat(read.time()).isEqualTo(LocalTime.of(9, 30));
    assertThat(read.fractionNumber()).isEqualTo(7);
    assertThat(read.machine()).isEqualTo("L1");
    assertThat(read.beams())
        .containsExactly(
            new TreatmentRecord.DeliveredBeam(
                2, 100.5, 99.5, "NORMAL", "TREATMENT", null, 7, null, null, List.of()));
    assertThat(read.findings()).isEmpty();
  }

  @Test
  void w14AttributesOfTheRecordModulesAreReadWhereTheStandardHasThem() throws Exception {
    DicomObject override =
        DicomObject.builder()
            .bytes(Tags.OVERRIDE_PARAMETER_POINTER, Vr.AT, new byte[] {0x0A, 0x30, 0x28, 0x01})
            .build();
    DicomObject beam =
        DicomObject.builder()
            .integers(Tags.REFERENCED_BEAM_NUMBER, 1)
            .integers(Tags.CURRENT_FRACTION_NUMBER, 3)
            .text(Tags.TREATMENT_VERIFICATION_STATUS, "VERIFIED_OVR")
            .items(
                Tags.CONTROL_POINT_DELIVERY_SEQUENCE,
                DicomObject.builder().items(Tags.OVERRIDE_SEQUENCE, override).build())
            .build();
    TreatmentRecord read =
        read(
            Samples.identity(SopClass.RT_BEAMS_TREATMENT_RECORD, "1.2.3")
                .items(
                    Tags.CALCULATED_DOSE_REFERENCE_SEQUENCE, calculated(1.8), calculated(2), NONE)
                .items(Tags.TREATMENT_SESSION_BEAM_SEQUENCE, beam));

    assertThat(read.deliveredDoseGy()).isEqualTo(2);
    assertThat(read.beams().get(0).verificationStatus()).isEqualTo("VERIFIED_OVR");
    assertThat(read.beams().get(0).overridden()).containsExactly("(300A,0128)");
    assertThat(read.beams().get(0).fractionNumber()).isEqualTo(3);
  }

  @Test
  void applicationSetupsOfBrachytherapyHaveTimes() throws Exception {
    DicomObject channel =
        DicomObject.builder()
            .numbers(Tags.SPECIFIED_CHANNEL_TOTAL_TIME, 100)
            .numbers(Tags.DELIVERED_CHANNEL_TOTAL_TIME, 90)
            .build();
    DicomObject setup =
        DicomObject.builder()
            .integers(Tags.REFERENCED_BRACHY_APPLICATION_SETUP_NUMBER, 4)
            .items(Tags.OVERRIDE_SEQUENCE, NONE)
            .items(Tags.RECORDED_CHANNEL_SEQUENCE, channel, channel)
            .build();
    TreatmentRecord.DeliveredBeam read =
        read(Samples.identity(SopClass.RT_BRACHY_TREATMENT_RECORD, "1.2.3")
                .items(Tags.TREATMENT_SESSION_APPLICATION_SETUP_SEQUENCE, setup))
            .beams()
            .get(0);

    assertThat(read.beamNumber()).isEqualTo(4);
    assertThat(read.specifiedTimeS()).isEqualTo(200);
    assertThat(read.deliveredTimeS()).isEqualTo(180);
    assertThat(read.overridden()).containsExactly("unknown");
  }

  @Test
  void controlPointsOfBrachytherapySayWhatWasOverridden() throws Exception {
    DicomObject override =
        DicomObject.builder()
            .bytes(Tags.OVERRIDE_PARAMETER_POINTER, Vr.AT, new byte[] {0x0A, 0x30, (byte) 0xD2, 2})
            .build();
    DicomObject channel =
        DicomObject.builder()
            .items(
                Tags.BRACHY_CONTROL_POINT_DELIVERED_SEQUENCE,
                DicomObject.builder().items(Tags.OVERRIDE_SEQUENCE, override).build())
            .build();
    DicomObject setup =
        DicomObject.builder()
            .integers(Tags.REFERENCED_BRACHY_APPLICATION_SETUP_NUMBER, 1)
            .items(Tags.RECORDED_CHANNEL_SEQUENCE, channel)
            .build();

    assertThat(
            read(Samples.identity(SopClass.RT_BRACHY_TREATMENT_RECORD, "1.2.3")
                    .items(Tags.TREATMENT_SESSION_APPLICATION_SETUP_SEQUENCE, setup))
                .beams()
                .get(0)
                .overridden())
        .containsExactly("(300A,02D2)");
  }

  private static DicomObject calculated(double gy) {
    return DicomObject.builder().numbers(Tags.CALCULATED_DOSE_REFERENCE_DOSE_VALUE, gy).build();
  }

  @Test
  void whatIsMissingIsAbsent() throws Exception {
    TreatmentRecord read =
        read(
            Samples.identity(SopClass.RT_BRACHY_TREATMENT_RECORD, "1.2.3")
                .text(Tags.TREATMENT_DATE, "soon")
                .items(Tags.TREATMENT_SESSION_BEAM_SEQUENCE, DicomObject.builder().build()));
    assertThat(read.planUid()).isNull();
    assertThat(read.date()).isNull();
    assertThat(read.time()).isNull();
    assertThat(read.fractionNumber()).isNull();
    assertThat(read.machine()).isNull();
    assertThat(read.beams()).isEmpty();
    assertThat(Samples.codes(read.findings()))
        .containsExactly(Finding.Code.INVALID_DATE, Finding.Code.INVALID_NUMBER);
  }

  @Test
  void beamNumbersOfItsOwnCountWhereNoneIsReferenced() throws Exception {
    TreatmentRecord read =
        read(
            Samples.identity(SopClass.RT_BEAMS_TREATMENT_RECORD, "1.2.3")
                .items(
                    Tags.TREATMENT_SESSION_BEAM_SEQUENCE,
                    DicomObject.builder().integers(Tags.BEAM_NUMBER, 5).build()));
    assertThat(read.beams())
        .containsExactly(new TreatmentRecord.DeliveredBeam(5, null, null, null, null));
  }
}
