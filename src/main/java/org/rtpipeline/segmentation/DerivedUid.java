package org.rtpipeline.segmentation;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** UIDs and digests that the inputs alone decide, so that a repeated run names the same objects. */
public final class DerivedUid {

  private static final int UUID_BYTES = 16;

  private DerivedUid() {}

  /**
   * A UID made of what an object depends on (PS3.5 B.2; RFC 9562 version 8, from SHA-256).
   *
   * @param parts the image series, the digest of the back end, options, and what the object is
   */
  public static String of(String... parts) {
    byte[] uuid = Arrays.copyOf(digest(parts), UUID_BYTES);
    uuid[6] = (byte) ((uuid[6] & 0x0F) | 0x80);
    uuid[8] = (byte) ((uuid[8] & 0x3F) | 0x80);
    return "2.25." + new BigInteger(1, uuid);
  }

  /** SHA-256 of the parts, in hexadecimal; another division of the same text gives another one. */
  static String hex(String... parts) {
    return HexFormat.of().formatHex(digest(parts));
  }

  private static byte[] digest(String... parts) {
    MessageDigest sha256 = sha256();
    for (String part : List.of(parts)) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      sha256.update(bytes);
    }
    return sha256.digest();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
