package org.rtpipeline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.Prescription;
import org.rtpipeline.model.Reference;
import org.rtpipeline.model.ScannedFile;

final class RecordCodecTest {

  private static final FileRef FILE = new FileRef("file:/in/a b.dcm", 1L << 40, -1);

  record Parts(
      int whole,
      long longer,
      double real,
      boolean truth,
      @Nullable Integer someWhole,
      @Nullable String text,
      @Nullable LocalDate date,
      @Nullable LocalTime time,
      @Nullable List<String> texts,
      Finding.@Nullable Level level,
      @Nullable Prescription inner) {}

  record Unwritable(Map<String, String> map) {}

  record OneText(String text) {}

  @Test
  void everyKindOfComponentComesBack() {
    Parts full =
        new Parts(
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            -0.0,
            true,
            7,
            "text",
            LocalDate.of(-1, 2, 3),
            LocalTime.MAX,
            List.of("", "b"),
            Finding.Level.WARN,
            new Prescription("TARGET", null, 3, Double.NaN));
    Parts empty = new Parts(0, 0, 0, false, null, null, null, null, null, null, null);

    assertThat(again(full)).isEqualTo(full);
    assertThat(again(empty)).isEqualTo(empty);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ASCII", "é latin", "漢字 kanji", "\uD83D\uDE00 pair", "\uD83D alone"})
  void anyTextComesBack(String text) {
    OneText record = new OneText(text);

    assertThat(RecordCodec.of(OneText.class).record(RecordCodec.of(OneText.class).bytes(record)))
        .isEqualTo(record);
  }

  @Test
  void headersOfEveryKindOfObjectComeBack() {
    List<ObjectFacts> kinds =
        List.of(
            new ObjectFacts.Image(
                null, List.of("ORIGINAL"), 3, 2, 2, 1, List.of(1.0, 2.0, 3.0), List.of()),
            new ObjectFacts.Structures("label", null, null, List.of("PTV"), 99),
            new ObjectFacts.Dose("GY", null, "PLAN", List.of(1, 2), 8),
            new ObjectFacts.PlanFacts("plan", null, null, null, 20, 60.0, List.of(1)),
            new ObjectFacts.Delivery(LocalDate.EPOCH, 2),
            new ObjectFacts.Segments("label", "BINARY", List.of("PTV", "PTV"), 99),
            new ObjectFacts.Link());

    assertThat(kinds).allSatisfy(facts -> assertThat(again(used(facts))).isEqualTo(used(facts)));
    assertThat(ObjectFacts.class.getPermittedSubclasses()).hasSize(kinds.size());
  }

  @Test
  void equalRecordsHaveEqualBytes() {
    RecordCodec<ScannedFile> codec = RecordCodec.of(ScannedFile.class);

    assertThat(codec.bytes(used(new ObjectFacts.Link())))
        .isEqualTo(codec.bytes(used(new ObjectFacts.Link())))
        .isNotEqualTo(codec.bytes(used(new ObjectFacts.Delivery(null, null))));
  }

  @Test
  void bytesThatEndEarlyAreNoRecord() {
    RecordCodec<FileRef> codec = RecordCodec.of(FileRef.class);
    byte[] bytes = codec.bytes(FILE);

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> codec.record(cut)).isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void valuesThatARecordRefusesAreNoRecord() {
    RecordCodec<ScannedFile> codec = RecordCodec.of(ScannedFile.class);
    byte[] bytes = codec.bytes(new ScannedFile(FILE, ScannedFile.Use.IGNORED, null, List.of()));
    byte[] ignored = codec.bytes(new ScannedFile(FILE, ScannedFile.Use.REJECTED, null, List.of()));
    byte[] asUsed = bytes.clone();
    asUsed[Arrays.mismatch(bytes, ignored)] = 0;

    assertThatThrownBy(() -> codec.record(asUsed)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aTypeWithoutAFormIsRefused() {
    assertThatThrownBy(() -> RecordCodec.of(Unwritable.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.util.Map");
  }

  @Test
  void theShapeNamesAllThatIsWritten() {
    assertThat(RecordCodec.of(ScannedFile.class).shape())
        .contains("sopInstanceUid java.lang.String", "LINKED_BY_FOLDER", "ObjectFacts$Dose")
        .contains("boxMm java.util.List<java.lang.Double>");
  }

  private static Parts again(Parts record) {
    RecordCodec<Parts> codec = RecordCodec.of(Parts.class);
    return codec.record(codec.bytes(record));
  }

  private static ScannedFile again(ScannedFile record) {
    return PackedFile.of(record).opened();
  }

  private static ScannedFile used(ObjectFacts facts) {
    Finding finding = new Finding(Finding.Level.WARN, Finding.Code.MISSING_UID, "1.2", "why");
    return new ScannedFile(
        FILE,
        ScannedFile.Use.USED,
        new InstanceHeader(
            FILE,
            "1.2.840",
            "1.2.3",
            "id",
            "1.4",
            "1.5",
            null,
            "CT",
            List.of(new Reference(Reference.Role.DOSE, "1.6")),
            facts,
            List.of(finding)),
        List.of(finding));
  }
}
