package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DigestingStreamsTest {

  /** FIPS 180-2, appendix B.1. */
  private static final String SHA_256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String SHA_256_OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir Path folder;
  private DigestingStreams streams;
  private String abc;

  @BeforeEach
  void writeAbc() throws IOException {
    streams = new DigestingStreams(path -> Files.newInputStream(Path.of(path)));
    abc = file("abc", "abc".getBytes(StandardCharsets.US_ASCII));
  }

  private String file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  private void assertAbc() {
    assertThat(streams.digests())
        .containsOnly(Map.entry(abc, new DigestingStreams.Digest(3, SHA_256_OF_ABC)));
  }

  @Test
  void bytesReadOneByOneAreDigested() throws IOException {
    try (InputStream in = streams.open(abc)) {
      assertThat(in.read()).isEqualTo('a');
      assertThat(in.read()).isEqualTo('b');
      assertThat(in.read()).isEqualTo('c');
      assertThat(in.read()).isEqualTo(-1);
    }
    assertAbc();
  }

  @Test
  void bytesReadTogetherAreDigested() throws IOException {
    try (InputStream in = streams.open(abc)) {
      byte[] bytes = new byte[8];
      assertThat(in.read(bytes, 1, 0)).isZero();
      assertThat(in.read(bytes, 1, 2)).isEqualTo(2);
      assertThat(bytes).startsWith(0, 'a', 'b', 0);
      assertThat(in.readAllBytes()).containsExactly('c');
    }
    assertAbc();
  }

  @Test
  void bytesSkippedAreDigested() throws IOException {
    try (InputStream in = streams.open(abc)) {
      assertThat(in.skip(0)).isZero();
      assertThat(in.skip(2)).isEqualTo(2);
      assertThat(in.read()).isEqualTo('c');
      assertThat(in.skip(5)).isZero();
    }
    assertAbc();
  }

  @Test
  void bytesNeverAskedForAreDigestedOnClosing() throws IOException {
    try (InputStream in = streams.open(abc)) {
      assertThat(in.read()).isEqualTo('a');
      assertThat(streams.digests()).isEmpty();
    }
    assertAbc();
  }

  @Test
  void closingTwiceKeepsTheDigest() throws IOException {
    InputStream in = streams.open(abc);
    in.close();
    in.close();
    assertAbc();
  }

  @Test
  void anEmptyFileHasTheDigestOfNothing() throws IOException {
    String empty = file("empty", new byte[0]);
    streams.open(empty).close();
    assertThat(streams.digests().get(empty))
        .isEqualTo(new DigestingStreams.Digest(0, SHA_256_OF_NOTHING));
  }

  @Test
  void longFilesAreDigestedWholeWhereverTheReaderStops() throws IOException {
    byte[] bytes = new byte[200_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    String path = file("long", bytes);
    try (InputStream in = streams.open(path)) {
      in.skipNBytes(150_000);
      assertThat(in.read()).isEqualTo(bytes[150_000] & 0xFF);
    }
    assertThat(streams.digests().get(path))
        .isEqualTo(
            new DigestingStreams.Digest(
                bytes.length, HexFormat.of().formatHex(DigestingStreams.sha256().digest(bytes))));
  }

  @Test
  void streamsNeverOfferToGoBack() throws IOException {
    try (InputStream in = streams.open(abc)) {
      assertThat(in.markSupported()).isFalse();
    }
  }

  @Test
  void aFileThatIsNotThereHasNoDigest() {
    assertThatThrownBy(() -> streams.open(folder.resolve("none").toString()))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(streams.digests()).isEmpty();
  }
}
