package org.rtpipeline.dicom;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ScannedFile;

class DicomFileTest {
  private static final int META_END = 132;

  private static Finding.Code codeOf(byte[] file) {
    return codeOf(new ByteArrayInputStream(file), file.length);
  }

  private static Finding.Code codeOf(InputStream in, long size) {
    try {
      DicomObject object = DicomFile.read("x", in, size, ReadScope.WHOLE).object();
      PixelFrames.of("x", object);
      return Finding.Code.INTERNAL_ERROR;
    } catch (DicomException fault) {
      return fault.code();
    }
  }

  /** The data set without preamble and file meta information. */
  private static byte[] dataSet(byte[] file) {
    int at = META_END;
    while (file[at] == 2 && file[at + 1] == 0) {
      boolean isLong = file[at + 4] == 'O';
      int length =
          isLong
              ? (file[at + 8] & 0xFF) | (file[at + 9] & 0xFF) << 8
              : (file[at + 6] & 0xFF) | (file[at + 7] & 0xFF) << 8;
      at += (isLong ? 12 : 8) + length;
    }
    return Arrays.copyOfRange(file, at, file.length);
  }

  /** Preamble and a file meta information that names nothing but a transfer syntax. */
  private static byte[] head(String syntax) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[128]);
    out.writeBytes(new byte[] {'D', 'I', 'C', 'M'});
    String padded = syntax.length() % 2 == 0 ? syntax : syntax + "\0";
    if (!syntax.isEmpty()) {
      out.writeBytes(new byte[] {2, 0, 0x10, 0, 'U', 'I', (byte) padded.length(), 0});
      out.writeBytes(padded.getBytes(US_ASCII));
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void dataSetsWithoutFileMetaAreReadAndFlagged(Encoding encoding) throws Exception {
    DicomObject written = Samples.ctSlice("1.2.3", 5).transferSyntax(encoding.uid()).build();
    DicomFile read = Samples.read(dataSet(Samples.file(written)), ReadScope.WHOLE);
    assertThat(Samples.codes(read.findings()))
        .containsExactly(Finding.Code.TRANSFER_SYNTAX_MISSING);
    DicomObject.Builder expected = DicomObject.builder().all(written);
    expected.text(Tags.SPECIFIC_CHARACTER_SET, "ISO_IR 192").transferSyntax(encoding.uid());
    assertThat(read.object()).isEqualTo(expected.build());
  }

  @Test
  void aPadByteBeforeTheDataSetIsPassedOver() throws Exception {
    byte[] bare = dataSet(Samples.file(Samples.ctSlice("1.2.3", 5).build()));
    DicomFile read = Samples.read(joined(new byte[] {' '}, bare), ReadScope.WHOLE);
    assertThat(read.sopInstanceUid()).contains("1.2.3");
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void missingTransferSyntaxIsFoundOut(Encoding encoding) throws Exception {
    byte[] bare =
        dataSet(Samples.file(Samples.ctSlice("1.2.3", 5).transferSyntax(encoding.uid()).build()));
    DicomFile read = Samples.read(joined(head(""), bare), ReadScope.WHOLE);
    assertThat(read.object().transferSyntaxUid()).isEqualTo(encoding.uid());
    assertThat(read.object().integer(Tags.ROWS)).hasValue(2);
  }

  @ParameterizedTest
  @EnumSource(Encoding.class)
  void wrongTransferSyntaxIsFoundOut(Encoding encoding) throws Exception {
    byte[] bare =
        dataSet(Samples.file(Samples.ctSlice("1.2.3", 5).transferSyntax(encoding.uid()).build()));
    for (Encoding claimed : Encoding.values()) {
      DicomFile read = Samples.read(joined(head(claimed.uid()), bare), ReadScope.WHOLE);
      assertThat(read.object().integer(Tags.ROWS)).hasValue(2);
      assertThat(read.object().bytes(Tags.PIXEL_DATA)).isEqualTo(Samples.shorts(0, 1, 2, 3, 4, 5));
      assertThat(Samples.codes(read.findings()))
          .isEqualTo(
              claimed == encoding ? List.of() : List.of(Finding.Code.TRANSFER_SYNTAX_MISMATCH));
    }
  }

  @Test
  void everyCutOfAFileHasATypedOutcome() {
    byte[] whole = Samples.file(Samples.ctSlice("1.2.3", 5).build());
    for (int length = 0; length < Math.min(4096, whole.length - 12); length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      ScannedFile scanned = Samples.scan(cut);
      if (scanned.use() != ScannedFile.Use.USED) {
        assertThat(scanned.findings()).isNotEmpty();
      }
      assertThat(codeOf(cut))
          .as("cut at %d", length)
          .isIn(
              Finding.Code.NOT_DICOM,
              Finding.Code.TRUNCATED_FILE,
              Finding.Code.LENGTH_EXCEEDS_FILE,
              Finding.Code.NO_PIXEL_DATA,
              Finding.Code.UNSUPPORTED_PIXEL_FORMAT);
    }
  }

  @Test
  void randomBytesAreNoDicom() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 500; i++) {
      byte[] bytes = new byte[random.nextInt(2000)];
      random.nextBytes(bytes);
      assertThat(Samples.scan(bytes).use()).isNotEqualTo(ScannedFile.Use.USED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
  void flippedBytesNeverEndInAnythingButATypedOutcome(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DicomObject plan =
        Samples.structureSet(
                List.of(Samples.roi(1, "A")),
                List.of(Samples.roiContours(1, Samples.contour("CLOSED_PLANAR", "0\\0\\0"))),
                List.of())
            .build();
    byte[] whole = Samples.file(plan);
    for (int i = 0; i < 300; i++) {
      byte[] flipped = whole.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        flipped[random.nextInt(128, flipped.length)] ^= (byte) (1 << random.nextInt(8));
      }
      ScannedFile scanned = Samples.scan(flipped);
      assertThat(scanned.use() == ScannedFile.Use.USED || !scanned.findings().isEmpty()).isTrue();
    }
  }

  @Test
  void lettersOfThePreambleInsideDataAreNoPreamble() throws Exception {
    for (int before = 0; before < 128; before++) {
      DicomObject object =
          DicomObject.builder()
              .text(Tags.IMAGE_TYPE, Vr.CS, "A".repeat(before) + "DICM" + "B".repeat(160 - before))
              .text(Tags.SOP_CLASS_UID, Samples.CT_UID)
              .text(Tags.SOP_INSTANCE_UID, "1.2.3")
              .build();
      byte[] bare = dataSet(Samples.file(object));
      assertThat(Samples.read(bare, ReadScope.WHOLE).sopInstanceUid()).contains("1.2.3");
    }
  }

  private static InputStream nested(int levels, byte[] start) {
    byte[] level = {
      0x40,
      0,
      0x30,
      (byte) 0xA7,
      'S',
      'Q',
      0,
      0,
      -1,
      -1,
      -1,
      -1,
      -2,
      -1,
      0,
      (byte) 0xE0,
      -1,
      -1,
      -1,
      -1
    };
    return new SequenceInputStream(
        new ByteArrayInputStream(start),
        new SequenceInputStream(
            Collections.enumeration(
                Collections.nCopies(levels, 0).stream()
                    .map(i -> (InputStream) new ByteArrayInputStream(level))
                    .toList())));
  }

  @Test
  void endlessNestingIsRefused() {
    byte[] start =
        joined(
            head(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN),
            new byte[] {8, 0, 0x60, 0, 'C', 'S', 2, 0, 'C', 'T'});
    assertThat(codeOf(nested(100_000, start), DicomFile.UNKNOWN_SIZE))
        .isEqualTo(Finding.Code.NESTING_TOO_DEEP);
  }

  @Test
  void nestingUpToTheLimitIsRead() throws Exception {
    DicomObject object = DicomObject.builder().text(Tags.ROI_NAME, "leaf").build();
    for (int level = 1; level < ReadLimits.NESTING; level++) {
      object = DicomObject.builder().items(Tags.REFERENCED_BEAM_SEQUENCE, object).build();
    }
    DicomObject whole =
        Samples.identity(SopClass.RT_PLAN, "1.2.3").items(Tags.BEAM_SEQUENCE, object).build();
    assertThat(
            Samples.read(Samples.file(whole), ReadScope.WHOLE).object().items(Tags.BEAM_SEQUENCE))
        .hasSize(1);
  }

  @Test
  void aMillionItemsAreRefused() {
    byte[] item = {-2, -1, 0, (byte) 0xE0, 0, 0, 0, 0};
    byte[] items = new byte[item.length * (ReadLimits.ITEMS + 1)];
    for (int i = 0; i < items.length; i++) {
      items[i] = item[i % item.length];
    }
    byte[] file =
        joined(
            head(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN),
            new byte[] {8, 0, 0x60, 0, 'C', 'S', 2, 0, 'C', 'T'},
            new byte[] {0x40, 0, 0x30, (byte) 0xA7, 'S', 'Q', 0, 0, -1, -1, -1, -1},
            items);
    assertThat(codeOf(file)).isEqualTo(Finding.Code.TOO_MANY_ITEMS);
  }

  @Test
  void deflateBombsAreRefused() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes(head(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN));
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bomb, new Deflater(Deflater.BEST_SPEED, true))) {
      out.write(new byte[] {8, 0, 0x60, 0, 'C', 'S', 2, 0, 'C', 'T'});
      out.write(new byte[] {(byte) 0xE0, 0x7F, 0x10, 0, 'O', 'W', 0, 0, 0, 0, 0, 0x10});
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 80; i++) {
        out.write(zeros);
      }
    }
    assertThat(codeOf(bomb.toByteArray())).isEqualTo(Finding.Code.INFLATE_LIMIT);
  }

  @Test
  void brokenDeflationIsUnreadable() {
    byte[] file =
        joined(
            head(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN),
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
    assertThat(codeOf(file)).isEqualTo(Finding.Code.UNREADABLE);
  }

  @Test
  void dataDeflatedWithZlibHeaderAreRead() throws Exception {
    byte[] bare = dataSet(Samples.file(Samples.ctSlice("1.2.3", 5).build()));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(head(TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN));
    try (DeflaterOutputStream out = new DeflaterOutputStream(file)) {
      out.write(bare);
    }
    assertThat(Samples.read(file.toByteArray(), ReadScope.WHOLE).sopInstanceUid())
        .contains("1.2.3");
  }

  @Test
  void valuesLongerThanTheFileAreRefusedAtOnce() {
    byte[] file =
        joined(
            head(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN),
            new byte[] {8, 0, 0x60, 0, 'C', 'S', 2, 0, 'C', 'T'},
            new byte[] {(byte) 0xE0, 0x7F, 0x10, 0, 'O', 'W', 0, 0, 0, 0, 0, 0x70});
    assertThat(codeOf(file)).isEqualTo(Finding.Code.LENGTH_EXCEEDS_FILE);
    assertThat(codeOf(new ByteArrayInputStream(file), DicomFile.UNKNOWN_SIZE))
        .isEqualTo(Finding.Code.TRUNCATED_FILE);
  }

  @Test
  void valuesOfTwoGibibytesAreRefused() {
    byte[] file =
        joined(
            head(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN),
            new byte[] {8, 0, 0x60, 0, 'C', 'S', 2, 0, 'C', 'T'},
            new byte[] {(byte) 0xE0, 0x7F, 0x10, 0, 'O', 'W', 0, 0, 0, 0, 0, (byte) 0xC0});
    assertThat(codeOf(new ByteArrayInputStream(file), DicomFile.UNKNOWN_SIZE))
        .isEqualTo(Finding.Code.LENGTH_EXCEEDS_FILE);
  }

  @Test
  void failingStreamsAreUnreadable() {
    InputStream failing =
        new SequenceInputStream(Samples.stream(Samples.ctSlice("1.2.3", 5)), new Failing());
    assertThat(codeOf(failing, 100_000)).isEqualTo(Finding.Code.UNREADABLE);
  }

  @Test
  void hugeMetaValuesAreRefused() {
    byte[] file =
        joined(
            head(""),
            new byte[] {2, 0, 1, 0, 'O', 'B', 0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0});
    assertThat(codeOf(file)).isEqualTo(Finding.Code.LENGTH_EXCEEDS_FILE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 12, 13, 512})
  void zerosBehindTheDataSetArePadding(int zeros) throws Exception {
    DicomObject structures =
        Samples.structureSet(List.of(Samples.roi(1, "A")), List.of(), List.of()).build();
    byte[] file = Samples.file(structures);
    byte[] implicit =
        joined(
            head(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN),
            new byte[] {8, 0, 0x60, 0, 2, 0, 0, 0, 'C', 'T'});
    for (byte[] whole : List.of(file, implicit)) {
      assertThat(Samples.read(joined(whole, new byte[zeros]), ReadScope.WHOLE).object())
          .extracting(object -> object.text(Tags.MODALITY))
          .isEqualTo(Samples.read(whole, ReadScope.WHOLE).object().text(Tags.MODALITY));
    }
    assertThat(codeOf(joined(file, new byte[zeros], new byte[] {1})))
        .isNotEqualTo(Finding.Code.INTERNAL_ERROR);
  }

  @Test
  void aDataSetThatEndsInsideAZeroValueIsCut() {
    byte[] whole =
        Samples.file(Samples.dose().bytes(Tags.PIXEL_DATA, Vr.OW, new byte[400]).build());
    byte[] cut = Arrays.copyOf(whole, whole.length - 100);
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(() -> Samples.read(cut, ReadScope.WHOLE))
        .satisfies(
            fault ->
                assertThat(fault.code())
                    .isIn(Finding.Code.TRUNCATED_FILE, Finding.Code.LENGTH_EXCEEDS_FILE));
  }

  @Test
  void whatTrailsBehindThePixelDataIsNotLookedAt() throws Exception {
    byte[] whole = Samples.file(Samples.ctSlice("1.2.3", 5).build());
    byte[] trailed = joined(whole, new byte[] {1, 2, 3, 4, 5});
    assertThat(Samples.read(trailed, ReadScope.THROUGH_PIXEL_DATA).object().bytes(Tags.PIXEL_DATA))
        .hasSize(12);
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(() -> Samples.read(trailed, ReadScope.WHOLE));
  }

  @Test
  void headersHoldNeitherPixelsNorContours() throws Exception {
    DicomObject dose = Samples.dose().build();
    assertThat(Samples.read(Samples.file(dose), ReadScope.HEADER).object().has(Tags.PIXEL_DATA))
        .isFalse();
    DicomObject contour = Samples.contour("POINT", "1\\2\\3");
    DicomObject structures =
        Samples.structureSet(List.of(), List.of(Samples.roiContours(1, contour)), List.of())
            .build();
    DicomObject read = Samples.read(Samples.file(structures), ReadScope.HEADER).object();
    DicomObject item =
        read.items(Tags.ROI_CONTOUR_SEQUENCE).get(0).items(Tags.CONTOUR_SEQUENCE).get(0);
    assertThat(item.tags()).containsExactly(Tags.CONTOUR_GEOMETRIC_TYPE);
  }

  @Test
  void faultsNameCodePathAndOffset() {
    byte[] whole = Samples.file(Samples.ctSlice("1.2.3", 5).build());
    byte[] cut = Arrays.copyOf(whole, whole.length - 3);
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(
            () ->
                DicomFile.read(
                    "a/b.dcm", new ByteArrayInputStream(cut), cut.length, ReadScope.WHOLE))
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo(Finding.Code.TRUNCATED_FILE);
              assertThat(fault.path()).isEqualTo("a/b.dcm");
              assertThat(fault.offset()).isEqualTo(cut.length);
              assertThat(fault.finding(Finding.Level.REJECT_FILE, "b.dcm").message())
                  .contains("byte " + cut.length);
            });
  }

  /** A stream of a disk that is gone. */
  private static final class Failing extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("disk");
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      throw new IOException("disk");
    }
  }
}
