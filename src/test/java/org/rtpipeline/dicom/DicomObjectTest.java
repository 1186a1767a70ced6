package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DicomObjectTest {
  private static final List<String> NATIVE =
      List.of(
          TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN,
          TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
          TransferSyntax.EXPLICIT_VR_BIG_ENDIAN,
          TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);

  static Stream<Arguments> seedsAndSyntaxes() {
    return Stream.iterate(0, seed -> seed < 200, seed -> seed + 1)
        .map(seed -> Arguments.of(seed, NATIVE.get(seed % NATIVE.size())));
  }

  @ParameterizedTest(name = "seed {0} in {1}")
  @MethodSource("seedsAndSyntaxes")
  void whatIsWrittenReadsBackTheSame(int seed, String syntax) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    DicomObject written =
        filled(random, 3)
            .text(Tags.SOP_CLASS_UID, Samples.CT_UID)
            .text(Tags.SOP_INSTANCE_UID, "1.2." + seed)
            .text(Tags.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
            .bytes(Tags.PIXEL_DATA, Vr.OW, bytes(random, 2 * random.nextInt(1, 2000)))
            .transferSyntax(syntax)
            .build();
    DicomFile read = Samples.read(Samples.file(written), ReadScope.WHOLE);
    assertThat(read.object()).isEqualTo(written);
    assertThat(read.findings()).isEmpty();
  }

  private static DicomObject.Builder filled(SplittableRandom random, int depth) {
    DicomObject.Builder builder = DicomObject.builder();
    builder.text(Tags.ROI_NAME, "Zoë 研究 " + random.nextInt(1000));
    builder.text(Tags.PATIENT_NAME, "Ünal^Αλφα");
    builder.text(Tags.IMAGE_TYPE, "A" + random.nextInt(9), "B", "C");
    builder.numbers(
        Tags.CONTOUR_DATA, random.doubles(3L * random.nextInt(1, 20), -500, 500).toArray());
    builder.integers(Tags.ROWS, random.nextInt(65536));
    builder.integers(Tags.INSTANCE_NUMBER, random.nextInt(-1000, 1000));
    if (random.nextBoolean()) {
      builder.empty(Tags.STUDY_DATE);
      builder.empty(Tags.REFERENCED_IMAGE_SEQUENCE);
    }
    if (depth > 0) {
      List<DicomObject> items = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        items.add(filled(random, depth - 1).build());
      }
      builder.items(Tags.ROI_CONTOUR_SEQUENCE, items);
    }
    return builder;
  }

  private static byte[] bytes(SplittableRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  @Test
  void encapsulatedFragmentsReadBackTheSame() throws Exception {
    List<byte[]> fragments = List.of(new byte[0], new byte[] {1, 2, 3, 4}, new byte[] {5, 6});
    DicomObject written =
        Samples.identity(SopClass.CT, "1.2.3")
            .transferSyntax(TransferSyntax.RLE_LOSSLESS)
            .fragments(Tags.PIXEL_DATA, Vr.OB, fragments)
            .build();
    DicomObject read = Samples.read(Samples.file(written), ReadScope.WHOLE).object();
    assertThat(read.fragments(Tags.PIXEL_DATA))
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(fragments);
    assertThat(read.value(Tags.PIXEL_DATA)).isEqualTo(written.value(Tags.PIXEL_DATA));
    assertThat(read.value(Tags.PIXEL_DATA)).hasSameHashCodeAs(written.value(Tags.PIXEL_DATA));
  }

  @Test
  void absentAttributesHoldNothing() {
    DicomObject empty = DicomObject.builder().build();
    assertThat(empty.text(Tags.MODALITY)).isEmpty();
    assertThat(empty.integer(Tags.ROWS)).isEmpty();
    assertThat(empty.number(Tags.RESCALE_SLOPE)).isEmpty();
    assertThat(empty.items(Tags.BEAM_SEQUENCE)).isEmpty();
    assertThat(empty.bytes(Tags.PIXEL_DATA)).isEmpty();
    assertThat(empty.fragments(Tags.PIXEL_DATA)).isEmpty();
    assertThat(empty.vr(Tags.ROWS)).isEmpty();
    assertThat(empty.size()).isZero();
  }

  @Test
  void emptyNumbersAreAbsentAndNotZero() {
    DicomObject object = DicomObject.builder().empty(Tags.ROWS).empty(Tags.RESCALE_SLOPE).build();
    assertThat(object.has(Tags.ROWS)).isTrue();
    assertThat(object.integer(Tags.ROWS)).isEmpty();
    assertThat(object.number(Tags.RESCALE_SLOPE)).isEmpty();
  }

  @Test
  void fractionsAreNoWholeNumbers() {
    DicomObject object = DicomObject.builder().text(Tags.INSTANCE_NUMBER, "1.5").build();
    assertThat(object.integer(Tags.INSTANCE_NUMBER)).isEmpty();
    assertThat(object.number(Tags.INSTANCE_NUMBER)).hasValue(1.5);
  }

  @Test
  void binaryNumbersOfEveryKindAreRead() {
    DicomObject object =
        DicomObject.builder()
            .integers(1, Vr.SS, -5)
            .integers(2, Vr.US, 65535)
            .integers(3, Vr.SL, -70000)
            .integers(4, Vr.UL, -1)
            .integers(5, Vr.AT, 0x3004000C)
            .bytes(6, Vr.FL, new byte[] {0, 0, (byte) 0x80, 0x3F})
            .bytes(7, Vr.FD, new byte[] {0, 0, 0, 0, 0, 0, (byte) 0xF0, 0x3F})
            .bytes(8, Vr.OB, new byte[] {1, 2})
            .build();
    assertThat(object.numbers(1)).containsExactly(-5);
    assertThat(object.numbers(2)).containsExactly(65535);
    assertThat(object.numbers(3)).containsExactly(-70000);
    assertThat(object.numbers(4)).containsExactly(4294967295.0);
    assertThat(object.numbers(5)).containsExactly(0x3004000C);
    assertThat(object.numbers(6)).containsExactly(1);
    assertThat(object.numbers(7)).containsExactly(1);
    assertThat(object.numbers(8)).isEmpty();
    assertThat(object.texts(2)).containsExactly("65535");
    assertThat(object.integer(4)).isEmpty();
  }

  @Test
  void singleTextKeepsItsBackslashes() {
    DicomObject object = DicomObject.builder().text(Tags.DOSE_COMMENT, Vr.LT, "a\\b  ").build();
    assertThat(object.texts(Tags.DOSE_COMMENT)).containsExactly("a\\b");
  }

  @Test
  void datesOfBothFormsAreRead() {
    DicomObject object =
        DicomObject.builder()
            .text(Tags.STUDY_DATE, "20240229")
            .text(Tags.SERIES_DATE, "2024.02.28")
            .text(Tags.CONTENT_DATE, "20240230")
            .text(Tags.ACQUISITION_DATE, "yesterday")
            .build();
    assertThat(object.date(Tags.STUDY_DATE)).contains(LocalDate.of(2024, 2, 29));
    assertThat(object.date(Tags.SERIES_DATE)).contains(LocalDate.of(2024, 2, 28));
    assertThat(object.date(Tags.CONTENT_DATE)).isEmpty();
    assertThat(object.date(Tags.ACQUISITION_DATE)).isEmpty();
  }

  @Test
  void timesAreReadToTheSecond() {
    DicomObject object =
        DicomObject.builder()
            .text(Tags.STUDY_TIME, "101530.25")
            .text(Tags.SERIES_TIME, "10:15")
            .text(Tags.CONTENT_TIME, "2561")
            .text(Tags.ACQUISITION_TIME, "1")
            .build();
    assertThat(object.time(Tags.STUDY_TIME)).contains(LocalTime.of(10, 15, 30));
    assertThat(object.time(Tags.SERIES_TIME)).contains(LocalTime.of(10, 15));
    assertThat(object.time(Tags.CONTENT_TIME)).isEmpty();
    assertThat(object.time(Tags.ACQUISITION_TIME)).isEmpty();
  }

  @Test
  void tagsAreInUnsignedOrder() {
    DicomObject object =
        DicomObject.builder().text(0xFFFC0010, Vr.LO, "x").text(Tags.MODALITY, "CT").build();
    assertThat(object.tags()).containsExactly(Tags.MODALITY, 0xFFFC0010);
  }

  @Test
  void buildersTakeOverAndLeaveOut() {
    DicomObject first = DicomObject.builder().text(Tags.MODALITY, "CT").build();
    DicomObject second =
        DicomObject.builder().all(first).text(Tags.PATIENT_ID, "1").without(Tags.MODALITY).build();
    assertThat(second.tags()).containsExactly(Tags.PATIENT_ID);
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void valuesOfTheWrongKindAreRefused() {
    DicomObject.Builder builder = DicomObject.builder();
    assertThatThrownBy(() -> builder.text(Tags.ROWS, "3"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.integers(Tags.PIXEL_DATA, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.numbers(Tags.ROWS, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
