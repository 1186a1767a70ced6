package org.rtpipeline.store;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code patient_id} cells of the tables hold: the id, a pseudonym, or nothing. Applied
 * where a row becomes a table cell, so no table ever holds an id that the site did not ask for.
 */
public final class PatientIds implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String ALGORITHM = "HmacSHA256";
  private static final int PSEUDONYM_LENGTH = 26;
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  /** How a site wants patient ids kept: {@code privacy.identifiers}. */
  public enum Rule {
    /** As in the objects. */
    KEEP,
    /** 26 base32 characters, HMAC-SHA-256 of the id under the site key. */
    PSEUDONYM,
    /** Empty cells. */
    DROP
  }

  private final Rule rule;
  private final byte[] siteKey;

  private PatientIds(Rule rule, byte[] siteKey) {
    this.rule = rule;
    this.siteKey = siteKey;
  }

  /** The rule with the site key it needs; the key is used by {@link Rule#PSEUDONYM} only. */
  public static PatientIds of(Rule rule, byte[] siteKey) {
    if (rule == Rule.PSEUDONYM && siteKey.length == 0) {
      throw new IllegalArgumentException("a pseudonym needs a site key, this one is empty");
    }
    return new PatientIds(rule, rule == Rule.PSEUDONYM ? siteKey.clone() : new byte[0]);
  }

  /** Ids as they are. */
  public static PatientIds kept() {
    return of(Rule.KEEP, new byte[0]);
  }

  /** The cell for a patient: null when dropped. */
  @Nullable String cell(String patientId) {
    return switch (rule) {
      case KEEP -> patientId;
      case PSEUDONYM -> pseudonym(patientId);
      case DROP -> null;
    };
  }

  private String pseudonym(String patientId) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(siteKey, ALGORITHM));
      return base32(mac.doFinal(("patient\n" + patientId).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + ALGORITHM, e);
    }
  }

  /** The first 130 bits of a digest, five to a character. */
  private static String base32(byte[] digest) {
    StringBuilder text = new StringBuilder(PSEUDONYM_LENGTH);
    for (int i = 0; i < PSEUDONYM_LENGTH; i++) {
      int bit = i * 5;
      int pair = ((digest[bit / 8] & 0xff) << 8) | (digest[bit / 8 + 1] & 0xff);
      text.append(BASE32.charAt((pair >> (11 - bit % 8)) & 31));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return rule.name().toLowerCase(Locale.ROOT);
  }
}
