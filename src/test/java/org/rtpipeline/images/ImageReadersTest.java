package org.rtpipeline.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.model.ImageVolume;

final class ImageReadersTest {

  private static final Offset<Double> ROUNDING = Offset.offset(1e-6);

  private static ByteBuffer nifti(ByteOrder order, int type, int bytes) {
    ByteBuffer b = ByteBuffer.allocate(352 + 2 * 3 * 2 * bytes).order(order);
    b.putInt(0, 348).putShort(40, (short) 3);
    b.putShort(42, (short) 2).putShort(44, (short) 3).putShort(46, (short) 2);
    b.putShort(70, (short) type);
    b.putFloat(76, 1).putFloat(80, 1.5f).putFloat(84, 2).putFloat(88, 4);
    b.putFloat(108, 352).putFloat(112, 1);
    b.put(344, (byte) 'n').put(345, (byte) '+').put(346, (byte) '1');
    return b;
  }

  private static StoredImage read(ByteBuffer b) throws IOException {
    return NiftiReader.read(new ByteArrayInputStream(bytes(b)));
  }

  private static byte[] bytes(ByteBuffer b) {
    byte[] bytes = new byte[b.capacity()];
    b.get(0, bytes);
    return bytes;
  }

  @Test
  void niftiWithoutDirectionsLiesAlongRasAxes() throws IOException {
    ByteBuffer b = nifti(ByteOrder.LITTLE_ENDIAN, 4, 2);
    for (int i = 0; i < 12; i++) {
      b.putShort(352 + 2 * i, (short) (i - 3));
    }
    StoredImage image = read(b);
    assertThat(image.count(1)).isEqualTo(3);
    assertThat(image.spacingMm(0)).isEqualTo(1.5);
    assertThat(image.numbers()).isEqualTo(StoredImage.Numbers.WHOLE);
    assertThat(image.values()).startsWith(-3, -2).endsWith(8);
    ImageVolume volume = image.volume();
    assertThat(volume.grid().rowDirection().xMm()).isEqualTo(-1);
    assertThat(volume.grid().planeOffsetMm(1)).isEqualTo(4);
    assertThat(volume.values()).isSameAs(image.values());
  }

  @Test
  void niftiQformTurnsIntoLps() throws IOException {
    ByteBuffer b = nifti(ByteOrder.LITTLE_ENDIAN, 16, 4);
    b.putShort(252, (short) 1).putFloat(264, 1).putFloat(268, 10).putFloat(272, 20);
    b.putFloat(352, 2.5f);
    StoredImage image = read(b);
    assertThat(image.numbers()).isEqualTo(StoredImage.Numbers.REAL);
    Point origin = image.volume().grid().originMm();
    assertThat(origin.xMm()).isCloseTo(-10, ROUNDING);
    assertThat(origin.yMm()).isCloseTo(-20, ROUNDING);
    assertThat(image.volume().grid().rowDirection().xMm()).isCloseTo(1, ROUNDING);
    assertThat(image.values()[0]).isEqualTo(2.5f);
  }

  @Test
  void niftiSformGivesDirectionsAndOrigin() throws IOException {
    ByteBuffer b = nifti(ByteOrder.BIG_ENDIAN, 2, 1);
    b.putShort(254, (short) 1);
    b.putFloat(280, -1.5f).putFloat(300, -2).putFloat(320, 4).putFloat(324, 7);
    b.put(352, (byte) 200);
    StoredImage image = read(b);
    assertThat(image.spacingMm(0)).isEqualTo(1.5);
    assertThat(image.direction(0)).isEqualTo(new Point(1, -0.0, 0));
    assertThat(image.positionMm(0, 0, 1).zMm()).isEqualTo(11);
    assertThat(image.values()[0]).isEqualTo(200);
    assertThat(image.mask(200)[0]).isEqualTo((byte) 1);
    assertThat(image.mask(1)[0]).isZero();
    b.putFloat(80, 0);
    b.putFloat(280, -3);
    assertThat(read(b).spacingMm(0)).isEqualTo(3);
  }

  @Test
  void theSformOfAScannerWinsOverAQformUnlessItsAxesAreSkew() throws IOException {
    ByteBuffer b = nifti(ByteOrder.LITTLE_ENDIAN, 4, 2);
    b.putShort(252, (short) 2).putFloat(264, 1).putFloat(268, 10);
    b.putFloat(280, 1.5f).putFloat(300, 2).putFloat(320, 4).putFloat(292, -30);
    b.putShort(254, (short) 1);
    assertThat(read(b).positionMm(0, 0, 0).xMm()).isEqualTo(30);
    b.putShort(254, (short) 2);
    assertThat(read(b).positionMm(0, 0, 0).xMm()).isEqualTo(-10);
    b.putShort(254, (short) 1).putFloat(284, 0.5f);
    assertThat(read(b).positionMm(0, 0, 0).xMm()).isEqualTo(-10);
  }

  @Test
  void directionsHaveTheDigitsOfItk() throws IOException {
    ByteBuffer b = nifti(ByteOrder.LITTLE_ENDIAN, 4, 2);
    b.putShort(252, (short) 1).putFloat(256, 0.25f).putFloat(260, -0.5f).putFloat(264, 0.125f);
    assertThat(read(b).direction(2))
        .isEqualTo(new Point(0.7571797992444362, 0.5348399299504905, 0.3750000012622796));
    StoredImage nrrd =
        readNrrd(
            "type: uchar\nencoding: raw\n" + PLACE.replace("(2,0,0)", "(0.977,0,0)"), new byte[4]);
    assertThat(nrrd.direction(0).xMm()).isEqualTo(0.977 * (1 / 0.977));
  }

  @Test
  void niftiScalingMakesRealNumbers() throws IOException {
    ByteBuffer b = nifti(ByteOrder.LITTLE_ENDIAN, 512, 2);
    b.putFloat(112, 0.5f).putFloat(116, -1).putShort(352, (short) 65535);
    StoredImage image = read(b);
    assertThat(image.values()[0]).isEqualTo(32766.5f);
    assertThat(image.numbers()).isEqualTo(StoredImage.Numbers.REAL);
  }

  @Test
  void everyNiftiNumberIsRead() throws IOException {
    int[][] types = {{8, 4}, {64, 8}, {256, 1}, {768, 4}};
    for (int[] type : types) {
      assertThat(read(nifti(ByteOrder.LITTLE_ENDIAN, type[0], type[1])).values()).hasSize(12);
    }
  }

  @Test
  void numbersThatSinglePrecisionDoesNotHoldAreKept() throws IOException {
    ByteBuffer real = nifti(ByteOrder.LITTLE_ENDIAN, 64, 8);
    real.putDouble(352, 0.1);
    assertThat(read(real).exactValues().orElseThrow()[0]).isEqualTo(0.1);
    real.putFloat(112, 2).putFloat(116, 1);
    assertThat(read(real).exactValues().orElseThrow()[0]).isEqualTo(1.2);
    ByteBuffer label = nifti(ByteOrder.LITTLE_ENDIAN, 768, 4);
    label.putInt(352, 16_777_217);
    assertThat(read(label).mask(16_777_217)[0]).isEqualTo((byte) 1);
    assertThat(read(label).mask(16_777_216)[0]).isZero();
    label.putFloat(112, 2);
    assertThat(read(label).exactValues()).isEmpty();
    byte[] data = new byte[32];
    ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putDouble(8, 1 / 3.0);
    StoredImage nrrd = readNrrd("type: double\nencoding: raw\n" + PLACE, data);
    assertThat(nrrd.exactValues().orElseThrow()[1]).isEqualTo(1 / 3.0);
    assertThat(readNrrd("type: short\nencoding: raw\n" + PLACE, data).exactValues()).isEmpty();
  }

  @Test
  void compressedNiftiIsRead() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes(nifti(ByteOrder.LITTLE_ENDIAN, 4, 2)));
    }
    StoredImage image = NiftiReader.read(new ByteArrayInputStream(out.toByteArray()));
    assertThat(image.values()).hasSize(12);
  }

  @Test
  void brokenNiftiIsRefusedInWords() {
    ByteBuffer shortFile = nifti(ByteOrder.LITTLE_ENDIAN, 64, 2);
    assertThatThrownBy(() -> read(shortFile)).hasMessageContaining("ends at byte");
    assertThatThrownBy(() -> read(ByteBuffer.allocate(20))).hasMessageContaining("352");
    assertThatThrownBy(() -> read(ByteBuffer.allocate(400))).hasMessageContaining("magic");
    assertThatThrownBy(() -> read(nifti(ByteOrder.LITTLE_ENDIAN, 1792, 2)))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("1792");
    ByteBuffer four = nifti(ByteOrder.LITTLE_ENDIAN, 4, 2);
    four.putShort(40, (short) 4).putShort(48, (short) 2);
    assertThatThrownBy(() -> read(four)).hasMessageContaining("dimensions");
  }

  @Test
  void channelsOfANiftiLieOneAfterTheOther() throws IOException {
    ByteBuffer b = ByteBuffer.allocate(352 + 2 * 2 * 24).order(ByteOrder.LITTLE_ENDIAN);
    b.put(0, nifti(ByteOrder.LITTLE_ENDIAN, 4, 2).array());
    b.putShort(40, (short) 5).putShort(48, (short) 1).putShort(50, (short) 4);
    b.putShort(352 + 2 * 12, (short) 7).putShort(352 + 2 * 24, (short) 8);
    assertThat(ImageFileReader.read(new ByteArrayInputStream(bytes(b)), 1).values()[0])
        .isEqualTo(7);
    assertThat(ImageFileReader.read(new ByteArrayInputStream(bytes(b)), 2).values()[0])
        .isEqualTo(8);
    assertThatThrownBy(() -> read(b)).hasMessageContaining("4 numbers a voxel");
    assertThatThrownBy(() -> ImageFileReader.read(new ByteArrayInputStream(bytes(b)), 4))
        .hasMessageContaining("no channel 4");
  }

  @Test
  void channelsOfANrrdLieWhereTheAxisWithoutDirectionIs() throws IOException {
    String last =
        "type: uchar\nencoding: raw\n"
            + PLACE.replace("2 1 2", "2 1 2 2").replace("(0,0,4)", "(0,0,4) none");
    byte[] data = {1, 2, 3, 4, 5, 6, 7, 8};
    assertThat(ImageFileReader.read(new ByteArrayInputStream(nrrd(last, data)), 1).values())
        .containsExactly(5, 6, 7, 8);
    String first =
        "type: uchar\nencoding: raw\n"
            + PLACE.replace("2 1 2", "2 2 1 2").replace("(2,0,0)", "none (2,0,0)");
    assertThat(ImageFileReader.read(new ByteArrayInputStream(nrrd(first, data)), 1).values())
        .containsExactly(2, 4, 6, 8);
  }

  private static byte[] nrrd(String fields, byte[] data) {
    byte[] header = ("NRRD0004\n# made\n" + fields + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] all = java.util.Arrays.copyOf(header, header.length + data.length);
    System.arraycopy(data, 0, all, header.length, data.length);
    return all;
  }

  private static final String PLACE =
      """
      space: left-posterior-superior
      sizes: 2 1 2
      space directions: (2,0,0) (0,-3,0) (0,0,4)
      space origin: (1,2,3)
      """;

  private static StoredImage readNrrd(String fields, byte[] data) throws IOException {
    return NrrdReader.read(new ByteArrayInputStream(nrrd(fields, data)));
  }

  @Test
  void leftHandedNrrdHasItsPlanesTurnedRound() throws IOException {
    StoredImage image = readNrrd("type: uchar\nencoding: raw\n" + PLACE, new byte[] {1, 2, 3, 4});
    assertThat(image.values()).containsExactly(1, 2, 3, 4);
    ImageVolume volume = image.volume();
    assertThat(volume.values()).containsExactly(3, 4, 1, 2);
    assertThat(volume.grid().originMm()).isEqualTo(new Point(1, 2, 7));
    assertThat(volume.grid().normal().zMm()).isEqualTo(-1);
  }

  @Test
  void compressedBigEndianNrrdIsRead() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(new byte[] {1, 0, 0, 1, 0, 0, 0, 2});
    }
    StoredImage image =
        readNrrd("type: short\nendian: big\nencoding: gzip\n" + PLACE, out.toByteArray());
    assertThat(image.values()).containsExactly(256, 1, 0, 2);
  }

  @Test
  void nrrdSpacesTurnIntoLps() throws IOException {
    String ras = "type: int8\nencoding: raw\n" + PLACE.replace("left-posterior-superior", "RAS");
    assertThat(readNrrd(ras, new byte[4]).volume().grid().originMm().xMm()).isEqualTo(-1);
    String las = "type: float\nencoding: raw\n" + PLACE.replace("left-posterior-superior", "LAS");
    assertThat(readNrrd(las, new byte[16]).volume().grid().originMm().yMm()).isEqualTo(-2);
  }

  @Test
  void everyNrrdNumberIsRead() throws IOException {
    for (String type : new String[] {"ushort", "int", "uint", "double"}) {
      assertThat(readNrrd("type: " + type + "\nencoding: raw\n" + PLACE, new byte[32]).values())
          .hasSize(4);
    }
  }

  @Test
  void brokenNrrdIsRefusedInWords() {
    assertThatThrownBy(() -> NrrdReader.read(new ByteArrayInputStream(new byte[9])))
        .hasMessageContaining("magic");
    refuses("type: uchar\nencoding: raw\n" + PLACE, new byte[3], "needs 4 bytes");
    refuses("type: block\nencoding: raw\n" + PLACE, new byte[4], "block");
    refuses("type: uchar\nencoding: hex\n" + PLACE, new byte[4], "hex");
    refuses("encoding: raw\n" + PLACE, new byte[4], "no field type");
    refuses("type: uchar\nencoding: raw\n" + PLACE.replace("2 1 2", "2 1"), new byte[4], "three");
    refuses("type: uchar\nencoding: raw\n" + PLACE.replace("2 1 2", "2 1 x"), new byte[4], "x");
    refuses(
        "type: uchar\nencoding: raw\n" + PLACE.replace("(0,0,4)", "none"), new byte[4], "three");
    refuses("type: uchar\nencoding: raw\n" + PLACE.replace("(1,2,3)", "(1,2)"), new byte[4], "not");
    refuses(
        "type: uchar\nencoding: raw\n" + PLACE.replace("left-posterior-superior", "scanner"),
        new byte[4],
        "scanner");
  }

  private static void refuses(String fields, byte[] data, String words) {
    assertThatThrownBy(() -> readNrrd(fields, data))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining(words);
  }
}
