package org.rtpipeline.organize;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.rtpipeline.model.CourseId;

/** Course keys: HMAC-SHA-256 of patient and course rule under the key of the site. */
public final class CourseKeys implements Serializable {

  /** Characters of a key: 130 of the 256 bits, five a character. */
  public static final int KEY_CHARACTERS = 26;

  private static final long serialVersionUID = 1L;
  private static final String ALGORITHM = "HmacSHA256";
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private final byte[] siteKey;

  /**
   * Keys under one site key.
   *
   * @param siteKey secret of the site, at least 16 bytes; copied
   */
  public CourseKeys(byte[] siteKey) {
    if (siteKey.length < 16) {
      throw new IllegalArgumentException("a site key has 16 bytes or more, got " + siteKey.length);
    }
    this.siteKey = siteKey.clone();
  }

  /**
   * The key of a course, 26 lower-case base32 characters; the same for the same patient and rule.
   *
   * @param patientId as in the objects
   * @param rule what makes the course one course, such as {@code study:1.2.3}
   */
  public CourseId key(String patientId, String rule) {
    return new CourseId(base32(digest(patientId + "\n" + rule)));
  }

  /**
   * A secret for another use than course keys, 32 bytes; neither can be had from the other.
   *
   * @param use what for
   */
  public byte[] secret(String use) {
    // No patient id begins with this control character, so this text is never that of a course.
    return digest("\0" + use);
  }

  private byte[] digest(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(siteKey, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private static String base32(byte[] bytes) {
    StringBuilder key = new StringBuilder(KEY_CHARACTERS);
    for (int bit = 0; key.length() < KEY_CHARACTERS; bit += 5) {
      int at = bit / 8;
      int pair = (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
      key.append(BASE32.charAt(pair >> (11 - bit % 8) & 31));
    }
    return key.toString();
  }
}
