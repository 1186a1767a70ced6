package org.rtpipeline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SealTest {

  private static final byte[] TEXT = "PatientID 4711".getBytes(StandardCharsets.US_ASCII);

  private final Seal seal = new Seal(secret(1));

  @Test
  void whatWasClosedOpensAgain() {
    assertThat(seal.opened(seal.closed(TEXT, "here"), "here")).contains(TEXT);
  }

  @Test
  void nothingOfTheTextIsInTheSealedBytes() {
    assertThat(new String(seal.closed(TEXT, "here"), StandardCharsets.ISO_8859_1))
        .doesNotContain("4711", "Patient");
  }

  @Test
  void anotherSecretOpensNothing() {
    assertThat(new Seal(secret(2)).opened(seal.closed(TEXT, "here"), "here")).isEmpty();
  }

  @Test
  void anotherPlaceOpensNothing() {
    assertThat(seal.opened(seal.closed(TEXT, "here"), "there")).isEmpty();
  }

  @Test
  void everyChangedByteIsSeen() {
    byte[] sealed = seal.closed(TEXT, "here");

    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(seal.opened(changed, "here")).as("byte %d", i).isEmpty();
    }
  }

  @Test
  void bytesThatAreTooFewOpenNothing() {
    byte[] sealed = seal.closed(TEXT, "here");

    for (int length = 0; length < sealed.length; length++) {
      assertThat(seal.opened(Arrays.copyOf(sealed, length), "here")).isEmpty();
    }
  }

  @Test
  void aShortSecretIsRefused() {
    assertThatThrownBy(() -> new Seal(new byte[16]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 16");
  }

  private static byte[] secret(int fill) {
    byte[] secret = new byte[32];
    Arrays.fill(secret, (byte) fill);
    return secret;
  }
}
