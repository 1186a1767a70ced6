package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Finding;

class RtDoseReaderTest {
  private static ReadDose read(DicomObject.Builder builder) throws DicomException {
    return RtDoseReader.read("made.dcm", Samples.stream(builder));
  }

  private static void assertRefused(DicomObject.Builder builder, Finding.Code code) {
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(() -> read(builder))
        .extracting(DicomException::code)
        .isEqualTo(code);
  }

  private static float[] halves(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i / 2f;
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
        TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
        TransferSyntax.EXPLICIT_VR_BIG_ENDIAN,
        TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN
      })
  void dosesAreScaledOnceInEverySyntax(String syntax) throws Exception {
    ReadDose dose = read(Samples.dose().transferSyntax(syntax));
    assertThat(dose.grid().valuesGy()).containsExactly(halves(18));
    assertThat(dose.findings()).isEmpty();
    assertThat(dose.sopInstanceUid()).isEqualTo("1.2.826.3");
    assertThat(dose.frameOfReferenceUid()).isEqualTo(Samples.FRAME);
    assertThat(dose.grid().grid())
        .isEqualTo(
            new VoxelGrid(
                3,
                2,
                new Point(1, 2, 3),
                new Point(1, 0, 0),
                new Point(0, 1, 0),
                3,
                2.5,
                new double[] {0, 2, 4}));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void runLengthsGiveTheSameDoses(int sampleBytes) throws Exception {
    DicomObject.Builder builder = Samples.dose().transferSyntax(TransferSyntax.RLE_LOSSLESS);
    byte[][] fragments = new byte[4][];
    fragments[0] = new byte[0];
    for (int frame = 0; frame < 3; frame++) {
      int[] values = new int[6];
      for (int i = 0; i < 6; i++) {
        values[i] = 6 * frame + i;
      }
      byte[] samples = sampleBytes == 2 ? Samples.shorts(values) : Samples.ints(values);
      fragments[frame + 1] = Samples.runLengths(samples, sampleBytes);
    }
    builder
        .integers(Tags.BITS_ALLOCATED, 8 * sampleBytes)
        .integers(Tags.BITS_STORED, 8 * sampleBytes)
        .integers(Tags.HIGH_BIT, 8 * sampleBytes - 1)
        .fragments(Tags.PIXEL_DATA, Vr.OB, Arrays.asList(fragments));
    assertThat(read(builder).grid().valuesGy()).containsExactly(halves(18));
  }

  private static DicomObject.Builder samples(int bits, int representation, byte[] bytes) {
    return Samples.dose()
        .integers(Tags.NUMBER_OF_FRAMES, 1)
        .without(Tags.GRID_FRAME_OFFSET_VECTOR)
        .integers(Tags.ROWS, 1)
        .integers(Tags.COLUMNS, 2)
        .integers(Tags.BITS_ALLOCATED, bits)
        .integers(Tags.BITS_STORED, bits)
        .integers(Tags.HIGH_BIT, bits - 1)
        .integers(Tags.PIXEL_REPRESENTATION, representation)
        .bytes(Tags.PIXEL_DATA, Vr.OW, bytes);
  }

  static Stream<Arguments> signs() {
    return Stream.of(
        Arguments.of(16, 0, Samples.shorts(-1, 2), new float[] {32767.5f, 1}),
        Arguments.of(16, 1, Samples.shorts(-1, 2), new float[] {-0.5f, 1}),
        Arguments.of(32, 0, Samples.ints(-1, 2), new float[] {0x1p31f, 1}),
        Arguments.of(32, 1, Samples.ints(-1, 2), new float[] {-0.5f, 1}));
  }

  @ParameterizedTest
  @MethodSource("signs")
  void signIsThatOfThePixelRepresentation(
      int bits, int representation, byte[] bytes, float[] expectedGy) throws Exception {
    assertThat(read(samples(bits, representation, bytes)).grid().valuesGy())
        .containsExactly(expectedGy);
  }

  @Test
  void bigEndianLongSamplesKeepTheirValues() throws Exception {
    DicomObject.Builder builder = samples(32, 0, Samples.ints(1_000_000, 2));
    assertThat(
            read(builder.transferSyntax(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN)).grid().valuesGy())
        .containsExactly(500_000, 1);
  }

  @Test
  void centigrayIsConvertedOnceAndFlagged() throws Exception {
    ReadDose dose = read(Samples.dose().text(Tags.DOSE_UNITS, "CGY"));
    assertThat(dose.grid().valuesGy()[10]).isEqualTo(0.05f);
    assertThat(Samples.codes(dose.findings())).containsExactly(Finding.Code.DOSE_UNITS_CGY);
  }

  @Test
  void w12RelativeDosesAreScaledByAReferenceThatIsGiven() throws Exception {
    DicomObject.Builder perCent =
        Samples.dose().text(Tags.DOSE_UNITS, "RELATIVE").numbers(Tags.DOSE_GRID_SCALING, 5);
    ReadDose dose = RtDoseReader.read("made.dcm", Samples.stream(perCent), 60.0);
    assertThat(dose.grid().valuesGy()[10]).isEqualTo(30f);
    assertThat(Samples.codes(dose.findings())).containsExactly(Finding.Code.DOSE_UNITS_RELATIVE);

    DicomObject.Builder parts =
        Samples.dose().text(Tags.DOSE_UNITS, "RELATIVE").numbers(Tags.DOSE_GRID_SCALING, 0.05);
    assertThat(RtDoseReader.read("made.dcm", Samples.stream(parts), 60.0).grid().valuesGy()[10])
        .isEqualTo(30f);
    assertThat(RtDoseReader.read("made.dcm", Samples.stream(Samples.dose()), 60.0).findings())
        .isEmpty();
  }

  @Test
  void relativeDosesAreRefused() {
    assertRefused(
        Samples.dose().text(Tags.DOSE_UNITS, "RELATIVE"), Finding.Code.DOSE_UNITS_RELATIVE);
  }

  @Test
  void dosesWithoutUnitsAreRefused() {
    assertRefused(Samples.dose().without(Tags.DOSE_UNITS), Finding.Code.MISSING_ATTRIBUTE);
  }

  @Test
  void unitsInSmallLettersAreUnits() throws Exception {
    assertThat(read(Samples.dose().text(Tags.DOSE_UNITS, "Gy")).grid())
        .satisfies(
            grid -> assertThat(grid.valuesGy()).isEqualTo(read(Samples.dose()).grid().valuesGy()));
  }

  @Test
  void errorDosesAreRefused() {
    assertRefused(Samples.dose().text(Tags.DOSE_TYPE, "ERROR"), Finding.Code.DOSE_TYPE_UNSUPPORTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "abc", "", "1e999"})
  void unusableScalingIsRefused(String scaling) {
    assertRefused(
        Samples.dose().text(Tags.DOSE_GRID_SCALING, scaling), Finding.Code.DOSE_SCALING_INVALID);
  }

  @Test
  void missingScalingIsRefused() {
    assertRefused(
        Samples.dose().without(Tags.DOSE_GRID_SCALING), Finding.Code.DOSE_SCALING_INVALID);
  }

  @Test
  void absoluteOffsetsAreTakenFromTheImagePosition() throws Exception {
    VoxelGrid grid =
        read(Samples.dose().numbers(Tags.GRID_FRAME_OFFSET_VECTOR, 3, 5, 7)).grid().grid();
    assertThat(grid.originMm()).isEqualTo(new Point(1, 2, 3));
    assertThat(grid.planeOffsetMm(2)).isEqualTo(4);
  }

  @Test
  void absoluteOffsetsOfAFeetFirstGridFallAlongItsNormal() throws Exception {
    ReadDose dose =
        read(
            Samples.dose()
                .numbers(Tags.IMAGE_ORIENTATION_PATIENT, -1, 0, 0, 0, 1, 0)
                .numbers(Tags.GRID_FRAME_OFFSET_VECTOR, 3, 5, 7));
    VoxelGrid grid = dose.grid().grid();
    assertThat(grid.originMm().zMm()).isEqualTo(7);
    assertThat(grid.toPatientMm(0, 0, grid.planeOffsetMm(2)).zMm()).isEqualTo(3);
    assertThat(dose.grid().valuesGy()[grid.index(0, 0, 2)]).isZero();
  }

  @Test
  void descendingPlanesAreTurnedRound() throws Exception {
    ReadDose dose = read(Samples.dose().numbers(Tags.GRID_FRAME_OFFSET_VECTOR, 0, -2, -4));
    VoxelGrid grid = dose.grid().grid();
    assertThat(grid.originMm()).isEqualTo(new Point(1, 2, -1));
    assertThat(grid.planeOffsetMm(0)).isZero();
    assertThat(grid.planeOffsetMm(2)).isEqualTo(4);
    assertThat(dose.grid().valuesGy()[grid.index(0, 0, 2)]).isZero();
    assertThat(dose.grid().valuesGy()[grid.index(0, 0, 0)]).isEqualTo(6);
  }

  @Test
  void irregularPlanesKeepTheirPlaces() throws Exception {
    VoxelGrid grid =
        read(Samples.dose().numbers(Tags.GRID_FRAME_OFFSET_VECTOR, 0, 2, 7)).grid().grid();
    assertThat(grid.planeOffsetMm(2)).isEqualTo(7);
    assertThat(grid.isRegular()).isFalse();
  }

  @Test
  void relativeOffsetsRunAlongTheNormalOfObliqueGrids() throws Exception {
    VoxelGrid grid =
        read(Samples.dose().numbers(Tags.IMAGE_ORIENTATION_PATIENT, 0, 1, 0, 0, 0, -1))
            .grid()
            .grid();
    assertThat(grid.toPatientMm(0, 0, 4)).isEqualTo(new Point(-3, 2, 3));
  }

  static Stream<List<Double>> badOffsets() {
    return Stream.of(
        List.of(0.0, 2.0),
        List.of(0.0, 2.0, 1.0),
        List.of(0.0, 0.0, 0.0),
        List.of(10.0, 12.0, 14.0));
  }

  @ParameterizedTest
  @MethodSource("badOffsets")
  void offsetsThatFitNoGridAreRefused(List<Double> offsetsMm) {
    assertRefused(
        Samples.dose()
            .numbers(
                Tags.GRID_FRAME_OFFSET_VECTOR,
                offsetsMm.stream().mapToDouble(Double::doubleValue).toArray()),
        Finding.Code.DOSE_GRID_INVALID);
  }

  @Test
  void whatIsRefusedIsSaidWithTheValueSeenAndExpected() {
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(() -> read(Samples.dose().numbers(Tags.GRID_FRAME_OFFSET_VECTOR, 10.5, 12, 14)))
        .withMessageContaining("is 10.5 mm, expected 0 or the z of the image position, ");
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(() -> read(Samples.dose().numbers(Tags.DOSE_GRID_SCALING, -1)))
        .withMessageContaining("is -1.0, expected over 0");
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(
            () -> read(Samples.dose().numbers(Tags.IMAGE_ORIENTATION_PATIENT, 1, 0, 0, 0, 2, 0)))
        .withMessageContaining("is [1.0, 0.0, 0.0, 0.0, 2.0, 0.0], expected two perpendicular");
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(() -> read(Samples.dose().numbers(Tags.PIXEL_SPACING, 2)))
        .withMessageContaining("pixel spacing is [2.0], expected 2 numbers");
  }

  @Test
  void missingOffsetsAreRefused() {
    assertRefused(
        Samples.dose().without(Tags.GRID_FRAME_OFFSET_VECTOR), Finding.Code.DOSE_GRID_INVALID);
  }

  @Test
  void aLeftoverVectorOfASingleFrameIsNotUsed() throws Exception {
    ReadDose dose =
        read(samples(16, 0, Samples.shorts(1, 2)).numbers(Tags.GRID_FRAME_OFFSET_VECTOR, 0, 2, 4));
    assertThat(dose.grid().grid().planes()).isEqualTo(1);
    assertThat(Samples.codes(dose.findings()))
        .containsExactly(Finding.Code.DOSE_GRID_INVALID, Finding.Code.DOSE_TOO_FEW_PLANES);
  }

  @ParameterizedTest
  @EnumSource(
      value = Finding.Code.class,
      names = {"MISSING_GEOMETRY", "INVALID_GEOMETRY"})
  void gridsWithoutUsableGeometryAreRefused(Finding.Code code) {
    boolean missing = code == Finding.Code.MISSING_GEOMETRY;
    assertRefused(
        missing
            ? Samples.dose().without(Tags.PIXEL_SPACING)
            : Samples.dose().numbers(Tags.PIXEL_SPACING, 0, 1),
        code);
    assertRefused(
        missing
            ? Samples.dose().without(Tags.IMAGE_ORIENTATION_PATIENT)
            : Samples.dose().numbers(Tags.IMAGE_ORIENTATION_PATIENT, 1, 0, 0, 1, 0, 0),
        code);
    assertRefused(
        missing
            ? Samples.dose().empty(Tags.IMAGE_POSITION_PATIENT)
            : Samples.dose().numbers(Tags.IMAGE_POSITION_PATIENT, 1, 0),
        code);
  }

  @Test
  void shortPixelDataAreTruncated() {
    assertRefused(
        Samples.dose().bytes(Tags.PIXEL_DATA, Vr.OW, new byte[34]),
        Finding.Code.TRUNCATED_PIXEL_DATA);
  }

  @Test
  void dosesWithoutPixelsAreRefused() {
    assertRefused(Samples.dose().without(Tags.PIXEL_DATA), Finding.Code.NO_PIXEL_DATA);
  }

  @Test
  void emptyDosesAreFlagged() throws Exception {
    ReadDose dose = read(Samples.dose().bytes(Tags.PIXEL_DATA, Vr.OW, new byte[36]));
    assertThat(Samples.codes(dose.findings())).containsExactly(Finding.Code.DOSE_IMPLAUSIBLE);
  }

  @Test
  void absurdSizesAreRefusedBeforeAnythingIsAllocated() {
    assertRefused(
        Samples.dose()
            .integers(Tags.ROWS, 65535)
            .integers(Tags.COLUMNS, 65535)
            .integers(Tags.NUMBER_OF_FRAMES, 1_000_000),
        Finding.Code.UNSUPPORTED_PIXEL_FORMAT);
  }
}
