package org.rtpipeline.dvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.dicom.RtDoseReader;
import org.rtpipeline.dicom.RtDoseWriter;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Roi;

/** The same dose in other encodings gives the same curve: the encodings of bar A11. */
final class DoseEncodingsTest {

  private static final double[] PERCENTS = {0, 1, 5, 50, 95, 99, 100};
  private static final double STEP_GY = 0.001;
  private static final DoseGrid DOSE =
      Shapes.dose(
          VoxelGrid.axial(19, 17, 15, new Point(-18, -16, -14), 2, 2, 2),
          at -> 40 + at.xMm() - 0.5 * at.yMm() + 0.25 * at.zMm());
  private static final Roi BALL =
      Shapes.named("ball", Shapes.sphere(12, 2, new Point(0.3, 0.4, 0.5)));

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}, {1} bits")
  @CsvSource({
    "dcmconv +ti, 32",
    "dcmcrle, 32",
    "dcmconv +ti, 16",
    "dcmconv +tb, 16",
    "dcmcrle, 16",
    "dcmconv +td, 32"
  })
  void transferSyntaxChangesNothing(String command, int bits)
      throws IOException, InterruptedException, DicomException {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    assumeTrue(isInstalled(words.get(0)), "skipped: " + command + " (Debian dcmtk) is not there");
    Path plain = folder.resolve("plain.dcm");
    Files.write(plain, bits == 32 ? written() : sixteenBits());
    Path other = folder.resolve("other.dcm");
    words.add(plain.toString());
    words.add(other.toString());
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    assertThat(process.waitFor()).isZero();
    assertThat(Files.readAllBytes(other)).isNotEqualTo(Files.readAllBytes(plain));
    assertSame(read(other), bits == 32 ? 1e-5 : STEP_GY);
  }

  @Test
  void sixteenBitsChangeLessThanTheirStep() throws IOException, DicomException {
    Path file = folder.resolve("short.dcm");
    Files.write(file, sixteenBits());
    assertSame(read(file), STEP_GY);
  }

  private static void assertSame(DoseGrid dose, double toleranceGy) {
    assertThat(dose.grid()).isEqualTo(DOSE.grid());
    RoiDoseVolume expected = new DoseVolumeCalculator(DOSE, DvhOptions.DEFAULT).of(BALL, 2);
    RoiDoseVolume actual = new DoseVolumeCalculator(dose, DvhOptions.DEFAULT).of(BALL, 2);
    assertThat(actual.volumeCm3()).isEqualTo(expected.volumeCm3());
    assertThat(actual.meanGy().orElseThrow())
        .isCloseTo(expected.meanGy().orElseThrow(), within(toleranceGy));
    for (double percent : PERCENTS) {
      assertThat(actual.doseAtVolumePct(percent).orElseThrow())
          .isCloseTo(expected.doseAtVolumePct(percent).orElseThrow(), within(toleranceGy));
    }
  }

  private static DoseGrid read(Path file) throws IOException, DicomException {
    try (InputStream in = Files.newInputStream(file)) {
      return RtDoseReader.read(file.toString(), in).grid();
    }
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  private static byte[] written() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RtDoseWriter.write(
        new StudyContext("P1", "A^B", "O", "1.2.3", "1", null, null, "1.2.3.9"),
        new SeriesContext(
            "1.2.3.4",
            1,
            "Made",
            new SeriesContext.Equipment("Maker", "Model", "1"),
            LocalDateTime.of(2024, 2, 3, 4, 5)),
        "1.2.3.8",
        "1.2.3.7",
        DOSE,
        out);
    return out.toByteArray();
  }

  /** The dose as a file with 16 bits per voxel, explicit VR, little endian. */
  private static byte[] sixteenBits() throws IOException {
    VoxelGrid grid = DOSE.grid();
    Elements data = new Elements();
    data.text(0x0008, 0x0016, "UI", "1.2.840.10008.5.1.4.1.1.481.2");
    data.text(0x0008, 0x0018, "UI", "1.2.3.8");
    data.text(0x0008, 0x0060, "CS", "RTDOSE");
    data.text(0x0010, 0x0020, "LO", "P1");
    data.text(0x0020, 0x000D, "UI", "1.2.3");
    data.text(0x0020, 0x000E, "UI", "1.2.3.4");
    data.text(0x0020, 0x0032, "DS", "-18\\-16\\-14");
    data.text(0x0020, 0x0037, "DS", "1\\0\\0\\0\\1\\0");
    data.text(0x0020, 0x0052, "UI", "1.2.3.9");
    data.number(0x0028, 0x0002, 1);
    data.text(0x0028, 0x0004, "CS", "MONOCHROME2");
    data.text(0x0028, 0x0008, "IS", Integer.toString(grid.planes()));
    data.number(0x0028, 0x0010, grid.rows());
    data.number(0x0028, 0x0011, grid.columns());
    data.text(0x0028, 0x0030, "DS", "2\\2");
    data.number(0x0028, 0x0100, 16);
    data.number(0x0028, 0x0101, 16);
    data.number(0x0028, 0x0102, 15);
    data.number(0x0028, 0x0103, 0);
    data.text(0x3004, 0x0002, "CS", "GY");
    data.text(0x3004, 0x0004, "CS", "PHYSICAL");
    data.text(0x3004, 0x000A, "CS", "PLAN");
    StringBuilder offsets = new StringBuilder("0");
    for (int k = 1; k < grid.planes(); k++) {
      offsets.append('\\').append(2 * k);
    }
    data.text(0x3004, 0x000C, "DS", offsets.toString());
    data.text(0x3004, 0x000E, "DS", String.format(Locale.ROOT, "%.3f", STEP_GY));
    ByteBuffer pixels =
        ByteBuffer.allocate(2 * DOSE.valuesGy().length).order(ByteOrder.LITTLE_ENDIAN);
    for (float gy : DOSE.valuesGy()) {
      pixels.putShort((short) Math.round(gy / STEP_GY));
    }
    data.bytes(0x7FE0, 0x0010, "OW", pixels.array());
    Elements meta = new Elements();
    meta.text(0x0002, 0x0002, "UI", "1.2.840.10008.5.1.4.1.1.481.2");
    meta.text(0x0002, 0x0003, "UI", "1.2.3.8");
    meta.text(0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1");
    Elements length = new Elements();
    length.bytes(
        0x0002,
        0x0000,
        "UL",
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(meta.out.size()).array());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[128]);
    file.write("DICM".getBytes(StandardCharsets.US_ASCII));
    file.write(length.out.toByteArray());
    file.write(meta.out.toByteArray());
    file.write(data.out.toByteArray());
    return file.toByteArray();
  }

  /** Elements one after the other, explicit VR, little endian. */
  private static final class Elements {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void text(int group, int element, String vr, String value) throws IOException {
      String even = value.length() % 2 == 0 ? value : value + (vr.equals("UI") ? '\0' : ' ');
      bytes(group, element, vr, even.getBytes(StandardCharsets.US_ASCII));
    }

    void number(int group, int element, int value) throws IOException {
      bytes(group, element, "US", new byte[] {(byte) value, (byte) (value >> 8)});
    }

    void bytes(int group, int element, String vr, byte[] value) throws IOException {
      boolean isLong = vr.equals("OW");
      ByteBuffer head = ByteBuffer.allocate(isLong ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
      head.putShort((short) group).putShort((short) element);
      head.put(vr.getBytes(StandardCharsets.US_ASCII));
      if (isLong) {
        head.putShort((short) 0).putInt(value.length);
      } else {
        head.putShort((short) value.length);
      }
      out.write(head.array());
      out.write(value);
    }
  }
}
