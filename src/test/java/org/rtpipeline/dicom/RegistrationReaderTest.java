package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Registration;

class RegistrationReaderTest {
  private static DicomObject matrix(String type, double... numbers) {
    return DicomObject.builder()
        .text(Tags.FRAME_OF_REFERENCE_TRANSFORMATION_MATRIX_TYPE, type)
        .numbers(Tags.FRAME_OF_REFERENCE_TRANSFORMATION_MATRIX, numbers)
        .build();
  }

  private static DicomObject shift(String type, double xMm) {
    return matrix(type, 1, 0, 0, xMm, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1);
  }

  private static DicomObject source(String frame, DicomObject... matrices) {
    return DicomObject.builder()
        .text(Tags.FRAME_OF_REFERENCE_UID, frame)
        .items(Tags.REFERENCED_IMAGE_SEQUENCE, Samples.reference(SopClass.MR, "1.2.5"))
        .items(
            Tags.MATRIX_REGISTRATION_SEQUENCE,
            DicomObject.builder().items(Tags.MATRIX_SEQUENCE, matrices).build())
        .build();
  }

  private static Registration read(DicomObject... sources) throws DicomException {
    return RegistrationReader.read(
        "made.dcm",
        Samples.stream(
            Samples.identity(SopClass.SPATIAL_REGISTRATION, "1.2.3")
                .items(Tags.REGISTRATION_SEQUENCE, sources)));
  }

  @Test
  void oneMatrixIsTakenAsItIs() throws Exception {
    Registration read = read(source("1.2.1", shift("RIGID", 4)));
    assertThat(read.frameOfReferenceUid()).isEqualTo(Samples.FRAME);
    Registration.Transform transform = read.transforms().get(0);
    assertThat(transform.sourceFrameOfReferenceUid()).isEqualTo("1.2.1");
    assertThat(transform.type()).isEqualTo("RIGID");
    assertThat(transform.matrix().get(3)).isEqualTo(4);
    assertThat(transform.imageUids()).containsExactly("1.2.5");
    assertThat(read.findings()).isEmpty();
  }

  @Test
  void severalMatricesAreAppliedInTheirOrder() throws Exception {
    DicomObject doubled = matrix("RIGID_SCALE", 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1);
    Registration.Transform transform =
        read(source("1.2.1", shift("RIGID", 4), doubled)).transforms().get(0);
    assertThat(transform.matrix())
        .isEqualTo(
            Arrays.stream(new double[] {2, 0, 0, 8, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1})
                .boxed()
                .toList());
    assertThat(transform.type()).isEqualTo("RIGID_SCALE");
  }

  @Test
  void oneAffinePartMakesTheWholeAffine() throws Exception {
    assertThat(
            read(source("1.2.1", shift("AFFINE", 4), shift("RIGID", 1))).transforms().get(0).type())
        .isEqualTo("AFFINE");
  }

  @Test
  void sourcesWithoutUsableMatrixAreFlagged() throws Exception {
    Registration read =
        read(
            source("1.2.1", matrix("RIGID", 1, 2, 3)),
            source("1.2.2"),
            source("1.2.4", shift("RIGID", 1)));
    assertThat(read.transforms()).hasSize(1);
    assertThat(Samples.codes(read.findings()))
        .isEqualTo(List.of(Finding.Code.INVALID_NUMBER, Finding.Code.INVALID_NUMBER));
  }

  @Test
  void registrationsWithoutFrameAreRefused() {
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(
            () ->
                RegistrationReader.read(
                    "made.dcm",
                    Samples.stream(
                        Samples.identity(SopClass.SPATIAL_REGISTRATION, "1.2.3")
                            .without(Tags.FRAME_OF_REFERENCE_UID))))
        .extracting(DicomException::code)
        .isEqualTo(Finding.Code.MISSING_ATTRIBUTE);
  }
}
