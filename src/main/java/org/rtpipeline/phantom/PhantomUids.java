package org.rtpipeline.phantom;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Makes the UIDs of one patient: {@code 2.25.} and a UUID that only seed, size and name decide. */
final class PhantomUids {

  private static final int UUID_BYTES = 16;

  private final String prefix;

  PhantomUids(PhantomOptions options, String patientId) {
    this.prefix =
        "rtpipeline phantom/" + options.seed() + "/" + options.size() + "/" + patientId + "/";
  }

  /**
   * The UID of something of this patient (PS3.5 B.2; RFC 9562 version 8, from SHA-256).
   *
   * @param name what it is, unique within the patient, such as {@code ct/12}
   */
  String uid(String name) {
    byte[] uuid =
        Arrays.copyOf(
            sha256().digest((prefix + name).getBytes(StandardCharsets.UTF_8)), UUID_BYTES);
    uuid[6] = (byte) ((uuid[6] & 0x0F) | 0x80);
    uuid[8] = (byte) ((uuid[8] & 0x3F) | 0x80);
    return "2.25." + new BigInteger(1, uuid);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}
