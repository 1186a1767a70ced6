package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.jaiimageio.jpeg2000.J2KImageWriteParam;
import com.github.jaiimageio.jpeg2000.impl.J2KImageWriterSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Finding;

class ImageSeriesReaderTest {
  private static void assertRefused(Finding.Code code, DicomObject.Builder... slices) {
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(() -> Samples.volume(slices))
        .extracting(DicomException::code)
        .isEqualTo(code);
  }

  private static DicomObject.Builder encoded(
      String uid, double zMm, String syntax, byte[]... fragments) {
    byte[][] all = new byte[fragments.length + 1][];
    all[0] = new byte[0];
    System.arraycopy(fragments, 0, all, 1, fragments.length);
    return Samples.ctSlice(uid, zMm)
        .transferSyntax(syntax)
        .fragments(Tags.PIXEL_DATA, Vr.OB, Arrays.asList(all));
  }

  @Test
  void slicesAreSortedAlongTheirNormal() throws Exception {
    ReadVolume read =
        Samples.volume(
            Samples.ctSlice("1.2.3", 10).numbers(Tags.RESCALE_INTERCEPT, 100),
            Samples.ctSlice("1.2.1", 5).numbers(Tags.RESCALE_SLOPE, 2),
            Samples.ctSlice("1.2.2", 0));
    VoxelGrid grid = read.volume().grid();
    assertThat(grid)
        .isEqualTo(
            new VoxelGrid(
                3,
                2,
                new Point(-10, -20, 0),
                new Point(1, 0, 0),
                new Point(0, 1, 0),
                1.5,
                2,
                new double[] {0, 5, 10}));
    assertThat(read.volume().values())
        .containsExactly(
            -1000, -999, -998, -997, -996, -995, -1000, -998, -996, -994, -992, -990, 100, 101, 102,
            103, 104, 105);
    assertThat(read.findings()).isEmpty();
  }

  @Test
  void missingRescaleLeavesStoredValues() throws Exception {
    ReadVolume read =
        Samples.volume(
            Samples.ctSlice("1.2.1", 0).without(Tags.RESCALE_SLOPE).without(Tags.RESCALE_INTERCEPT),
            Samples.ctSlice("1.2.2", 1),
            Samples.ctSlice("1.2.3", 2));
    assertThat(read.volume().values()[5]).isEqualTo(5);
  }

  @Test
  void unusableRescaleIsRefused() {
    assertRefused(
        Finding.Code.INVALID_RESCALE,
        Samples.ctSlice("1.2.1", 0).numbers(Tags.RESCALE_SLOPE, 0),
        Samples.ctSlice("1.2.2", 1));
    assertRefused(
        Finding.Code.INVALID_RESCALE,
        Samples.ctSlice("1.2.1", 0).text(Tags.RESCALE_INTERCEPT, "x"),
        Samples.ctSlice("1.2.2", 1));
  }

  @Test
  void oneSliceIsRefusedAndTwoAreFlagged() throws Exception {
    assertRefused(Finding.Code.TOO_FEW_SLICES, Samples.ctSlice("1.2.1", 0));
    assertThat(
            Samples.codes(
                Samples.volume(Samples.ctSlice("1.2.1", 0), Samples.ctSlice("1.2.2", 1))
                    .findings()))
        .containsExactly(Finding.Code.TOO_FEW_SLICES);
  }

  @Test
  void missingSlicesAreFlaggedAndTrueDistancesUsed() throws Exception {
    ReadVolume read =
        Samples.volume(
            Samples.ctSlice("1.2.1", 0),
            Samples.ctSlice("1.2.2", 2),
            Samples.ctSlice("1.2.3", 4),
            Samples.ctSlice("1.2.4", 10));
    assertThat(Samples.codes(read.findings())).containsExactly(Finding.Code.MISSING_SLICE);
    assertThat(read.findings().get(0).message()).startsWith("2 slices");
    assertThat(read.volume().grid().planeOffsetMm(3)).isEqualTo(10);
  }

  @Test
  void unevenDistancesAreFlagged() throws Exception {
    ReadVolume read =
        Samples.volume(
            Samples.ctSlice("1.2.1", 0), Samples.ctSlice("1.2.2", 2), Samples.ctSlice("1.2.3", 5));
    assertThat(Samples.codes(read.findings())).containsExactly(Finding.Code.NON_UNIFORM_SPACING);
  }

  @Test
  void tiltedStacksAreRefused() {
    assertRefused(
        Finding.Code.GANTRY_TILT,
        Samples.ctSlice("1.2.1", 0),
        Samples.ctSlice("1.2.2", 5).numbers(Tags.IMAGE_POSITION_PATIENT, -10, -19, 5));
  }

  @Test
  void twoSlicesAtOnePlaceAreRefused() {
    assertRefused(
        Finding.Code.DUPLICATE_POSITION, Samples.ctSlice("1.2.1", 0), Samples.ctSlice("1.2.2", 0));
  }

  @Test
  void mixedOrientationsAreRefused() {
    assertRefused(
        Finding.Code.MIXED_ORIENTATION,
        Samples.ctSlice("1.2.1", 0),
        Samples.ctSlice("1.2.2", 1).numbers(Tags.IMAGE_ORIENTATION_PATIENT, 0, 1, 0, 0, 0, -1));
  }

  @Test
  void localizersAreLeftOut() throws Exception {
    ReadVolume read =
        Samples.volume(
            Samples.ctSlice("1.2.0", 0)
                .text(Tags.IMAGE_TYPE, "ORIGINAL", "PRIMARY", "LOCALIZER")
                .numbers(Tags.IMAGE_ORIENTATION_PATIENT, 0, 1, 0, 0, 0, -1),
            Samples.ctSlice("1.2.1", 0),
            Samples.ctSlice("1.2.2", 2),
            Samples.ctSlice("1.2.3", 4));
    assertThat(read.volume().grid().planes()).isEqualTo(3);
    assertThat(Samples.codes(read.findings())).containsExactly(Finding.Code.MIXED_ORIENTATION);
  }

  @Test
  void imagesThatMakeNoStackAreNamed() {
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(
            () ->
                Samples.volume(
                    Samples.ctSlice("1.2.1", 0),
                    Samples.ctSlice("1.2.2", 1).numbers(Tags.PIXEL_SPACING, 7, 8)))
        .withMessageContaining("images of different size or pixel spacing, ")
        .withMessageEndingWith(" of 8.0 x 7.0 mm: 1.2.1 and 1.2.2");
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(() -> Samples.volume(Samples.ctSlice("1.2.1", 0), Samples.ctSlice("1.2.2", 0)))
        .withMessageEndingWith("two slices at 0.000 mm along the normal: 1.2.1 and 1.2.2");
  }

  @Test
  void mixedSeriesAreRefused() {
    assertRefused(
        Finding.Code.PATIENT_MISMATCH,
        Samples.ctSlice("1.2.1", 0),
        Samples.ctSlice("1.2.2", 1).text(Tags.PATIENT_ID, "P-2"));
    assertRefused(
        Finding.Code.MIXED_FRAME_OF_REFERENCE,
        Samples.ctSlice("1.2.1", 0),
        Samples.ctSlice("1.2.2", 1).text(Tags.FRAME_OF_REFERENCE_UID, "1.9"));
    assertRefused(
        Finding.Code.INVALID_GEOMETRY,
        Samples.ctSlice("1.2.1", 0),
        Samples.ctSlice("1.2.2", 1).numbers(Tags.PIXEL_SPACING, 2, 2));
  }

  @Test
  void twinsCountOnceAndConflictsAreRefused() throws Exception {
    ReadVolume read =
        Samples.volume(
            Samples.ctSlice("1.2.1", 0),
            Samples.ctSlice("1.2.1", 0),
            Samples.ctSlice("1.2.2", 1),
            Samples.ctSlice("1.2.3", 2));
    assertThat(read.volume().grid().planes()).isEqualTo(3);
    assertThat(Samples.codes(read.findings())).containsExactly(Finding.Code.DUPLICATE_INSTANCE);
    assertRefused(
        Finding.Code.CONFLICTING_DUPLICATE,
        Samples.ctSlice("1.2.1", 0),
        Samples.ctSlice("1.2.1", 0).bytes(Tags.PIXEL_DATA, Vr.OW, Samples.shorts(9, 9, 9, 9, 9, 9)),
        Samples.ctSlice("1.2.2", 1));
  }

  @Test
  void multiFrameImagesAreRefused() {
    assertRefused(
        Finding.Code.UNSUPPORTED_PIXEL_FORMAT,
        Samples.ctSlice("1.2.1", 0).integers(Tags.NUMBER_OF_FRAMES, 2));
  }

  @Test
  void packedAndColouredPixelsAreRefused() {
    assertRefused(
        Finding.Code.UNSUPPORTED_PIXEL_FORMAT,
        Samples.ctSlice("1.2.1", 0).integers(Tags.BITS_ALLOCATED, 12));
    assertRefused(
        Finding.Code.UNSUPPORTED_PIXEL_FORMAT,
        Samples.ctSlice("1.2.1", 0).integers(Tags.SAMPLES_PER_PIXEL, 3));
    assertRefused(
        Finding.Code.UNSUPPORTED_PIXEL_FORMAT,
        Samples.ctSlice("1.2.1", 0).integers(Tags.HIGH_BIT, 13));
  }

  @Test
  void signOfPartlyStoredSamplesIsExtended() throws Exception {
    byte[] twelveBits = Samples.shorts(0x0FFF, 0x0800, 0x07FF, -2000, 0, 1);
    DicomObject.Builder slice =
        Samples.ctSlice("1.2.1", 0)
            .integers(Tags.BITS_STORED, 12)
            .integers(Tags.HIGH_BIT, 11)
            .numbers(Tags.RESCALE_INTERCEPT, 0)
            .bytes(Tags.PIXEL_DATA, Vr.OW, twelveBits);
    ReadVolume read = Samples.volume(slice, Samples.ctSlice("1.2.2", 1));
    assertThat(Arrays.copyOf(read.volume().values(), 6))
        .containsExactly(-1, -2048, 2047, -2000, 0, 1);
  }

  @Test
  void runLengthsGiveTheSameValues() throws Exception {
    byte[] frame = Samples.runLengths(Samples.shorts(0, 1, 2, 3, 4, 5), 2);
    ReadVolume read =
        Samples.volume(
            encoded("1.2.1", 0, TransferSyntax.RLE_LOSSLESS, frame),
            encoded(
                "1.2.2",
                1,
                TransferSyntax.RLE_LOSSLESS,
                Arrays.copyOf(frame, 40),
                Arrays.copyOfRange(frame, 40, frame.length)));
    assertThat(read.volume().values())
        .containsExactly(-1000, -999, -998, -997, -996, -995, -1000, -999, -998, -997, -996, -995);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 64, 66, 70})
  void cutRunLengthsAreRefused(int length) {
    byte[] frame = Samples.runLengths(Samples.shorts(0, 1, 2, 3, 4, 5), 2);
    assertRefused(
        Finding.Code.PIXEL_DECODE_FAILED,
        encoded("1.2.1", 0, TransferSyntax.RLE_LOSSLESS, Arrays.copyOf(frame, length)),
        Samples.ctSlice("1.2.2", 1));
  }

  private static BufferedImage picture(int type) {
    BufferedImage image = new BufferedImage(64, 32, type);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 64; x++) {
        image
            .getRaster()
            .setSample(x, y, 0, type == BufferedImage.TYPE_BYTE_GRAY ? 77 : 900 * x + y);
      }
    }
    return image;
  }

  private static byte[] jpeg2000(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = new J2KImageWriterSpi().createWriterInstance();
    J2KImageWriteParam parameters = (J2KImageWriteParam) writer.getDefaultWriteParam();
    parameters.setLossless(true);
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, List.of(), null), parameters);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static DicomObject.Builder picture(
      String uid, double zMm, int bits, int representation, String syntax, byte[] frame) {
    return encoded(uid, zMm, syntax, frame)
        .integers(Tags.ROWS, 32)
        .integers(Tags.COLUMNS, 64)
        .integers(Tags.BITS_ALLOCATED, bits)
        .integers(Tags.BITS_STORED, bits)
        .integers(Tags.HIGH_BIT, bits - 1)
        .integers(Tags.PIXEL_REPRESENTATION, representation)
        .numbers(Tags.RESCALE_INTERCEPT, 0);
  }

  @Test
  void losslessJpeg2000GivesEveryValue() throws Exception {
    byte[] frame = jpeg2000(picture(BufferedImage.TYPE_USHORT_GRAY));
    ReadVolume read =
        Samples.volume(
            picture("1.2.1", 0, 16, 0, TransferSyntax.JPEG_2000_LOSSLESS, frame),
            picture("1.2.2", 1, 16, 0, TransferSyntax.JPEG_2000_LOSSLESS, frame));
    VoxelGrid grid = read.volume().grid();
    assertThat(read.volume().values()[grid.index(63, 31, 1)]).isEqualTo(900 * 63 + 31);
    assertThat(read.volume().values()[grid.index(1, 2, 0)]).isEqualTo(902);
  }

  @Test
  void jpeg2000OfTheOppositeSignIsRefused() throws Exception {
    byte[] frame = jpeg2000(picture(BufferedImage.TYPE_USHORT_GRAY));
    assertRefused(
        Finding.Code.UNSUPPORTED_PIXEL_FORMAT,
        picture("1.2.1", 0, 16, 1, TransferSyntax.JPEG_2000_LOSSLESS, frame),
        picture("1.2.2", 1, 16, 1, TransferSyntax.JPEG_2000_LOSSLESS, frame));
  }

  @Test
  void baselineJpegGivesEightBitValues() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture(BufferedImage.TYPE_BYTE_GRAY), "jpeg", out);
    String syntax = TransferSyntax.JPEG_BASELINE_8_BIT;
    ReadVolume read =
        Samples.volume(
            picture("1.2.1", 0, 8, 0, syntax, out.toByteArray()),
            picture("1.2.2", 1, 8, 0, syntax, out.toByteArray()));
    assertThat(read.volume().values()).containsOnly(77);
  }

  @Test
  void framesOfAnotherSizeAreRefused() throws Exception {
    byte[] frame = jpeg2000(picture(BufferedImage.TYPE_USHORT_GRAY));
    assertRefused(
        Finding.Code.PIXEL_DECODE_FAILED,
        encoded("1.2.1", 0, TransferSyntax.JPEG_2000_LOSSLESS, frame)
            .integers(Tags.PIXEL_REPRESENTATION, 0),
        Samples.ctSlice("1.2.2", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TransferSyntax.JPEG_LOSSLESS_SV1,
        TransferSyntax.JPEG_BASELINE_8_BIT,
        TransferSyntax.JPEG_2000
      })
  void garbageInPlaceOfFramesIsRefused(String syntax) {
    assertRefused(
        Finding.Code.PIXEL_DECODE_FAILED,
        encoded("1.2.1", 0, syntax, new byte[500]),
        Samples.ctSlice("1.2.2", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81", "1.2.840.10008.1.2.4.51"})
  void syntaxesWithoutDecoderAreRefused(String syntax) {
    assertRefused(
        Finding.Code.UNSUPPORTED_TRANSFER_SYNTAX, encoded("1.2.1", 0, syntax, new byte[10]));
  }

  @Test
  void filesThatCannotBeOpenedAreUnreadable() {
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(
            () ->
                ImageSeriesReader.read(
                    List.of("gone"),
                    path -> {
                      throw new IOException("gone");
                    }))
        .extracting(DicomException::code)
        .isEqualTo(Finding.Code.UNREADABLE);
  }
}
