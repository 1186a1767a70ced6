package org.rtpipeline.dicom;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CharacterSetsTest {

  @ParameterizedTest
  @CsvSource({
    "'', ISO-8859-1, Übergang",
    "'', UTF-8, Übergang",
    "'', UTF-8, 直腸",
    "ISO_IR 6, ISO-8859-1, Lücke",
    "ISO_IR 999, ISO-8859-1, Lücke",
    "ISO-IR 192, UTF-8, Lücke",
    "ISO_IR 100, ISO-8859-1, Lücke",
    "ISO_IR 101, ISO-8859-2, Pęcherz",
    "ISO_IR 144, ISO-8859-5, Сердце",
    "ISO_IR 192, UTF-8, Сердце",
    "GB18030, GB18030, 靶区",
    "GBK, GBK, 靶区",
    "\\ISO 2022 IR 87, ISO-2022-JP, 直腸"
  })
  void namesOfRegionsAreReadInTheirCharacterSet(String term, String charset, String name)
      throws Exception {
    DicomObject object = structureSet(term, name.getBytes(Charset.forName(charset)));
    assertThat(
            object.items(Tags.STRUCTURE_SET_ROI_SEQUENCE).get(0).text(Tags.ROI_NAME).orElseThrow())
        .isEqualTo(name);
    assertThat(object.text(Tags.STRUCTURE_SET_LABEL)).contains(name);
  }

  /** A data set as a file without preamble, with a label and one region of a name. */
  private static DicomObject structureSet(String characterSet, byte[] name) throws DicomException {
    ByteArrayOutputStream item = new ByteArrayOutputStream();
    element(item, 0x3006, 0x0026, "LO", name);
    ByteArrayOutputStream sequence = new ByteArrayOutputStream();
    number(sequence, 0xFFFE);
    number(sequence, 0xE000);
    number(sequence, item.size());
    number(sequence, 0);
    sequence.writeBytes(item.toByteArray());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    if (!characterSet.isEmpty()) {
      element(file, 0x0008, 0x0005, "CS", characterSet.getBytes(US_ASCII));
    }
    element(file, 0x0008, 0x0060, "CS", "RTSTRUCT".getBytes(US_ASCII));
    element(file, 0x3006, 0x0002, "SH", name);
    number(file, 0x3006);
    number(file, 0x0020);
    file.writeBytes(new byte[] {'S', 'Q', 0, 0});
    number(file, sequence.size());
    number(file, 0);
    file.writeBytes(sequence.toByteArray());
    return DicomFile.read(
            "made.dcm",
            new ByteArrayInputStream(file.toByteArray()),
            DicomFile.UNKNOWN_SIZE,
            ReadScope.WHOLE)
        .object();
  }

  private static void element(
      ByteArrayOutputStream out, int group, int element, String vr, byte[] value) {
    number(out, group);
    number(out, element);
    out.writeBytes(vr.getBytes(US_ASCII));
    number(out, value.length + value.length % 2);
    out.writeBytes(value);
    if (value.length % 2 == 1) {
      out.write(' ');
    }
  }

  private static void number(ByteArrayOutputStream out, int value) {
    out.write(value);
    out.write(value >> 8);
  }
}
