package org.rtpipeline.spark;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * The name of a result: SHA-256 of everything it depends on. Paths and times are no part of it, so
 * moved or exported again, equal files give the same key.
 */
final class StageKey {

  private static final String FORMAT = "rtpipeline stage key 1";

  private StageKey() {}

  /**
   * An object that a stage used.
   *
   * @param sopClassUid its class
   * @param sopInstanceUid its instance
   * @param sha256 digest of the file's bytes
   */
  record Input(String sopClassUid, String sopInstanceUid, String sha256)
      implements Comparable<Input> {
    @Override
    public int compareTo(Input other) {
      return line().compareTo(other.line());
    }

    private String line() {
      return sopClassUid + ' ' + sopInstanceUid + ' ' + sha256;
    }
  }

  /**
   * The key, lower-case hexadecimal.
   *
   * @param configuration canonical JSON of the options of the stage
   * @param inputs in any order
   */
  static String of(StageName stage, String configuration, List<Input> inputs) {
    MessageDigest digest = DigestingStreams.sha256();
    update(digest, FORMAT);
    update(digest, stage.word());
    update(digest, Integer.toString(stage.algorithmVersion()));
    update(digest, configuration);
    inputs.stream().sorted().distinct().forEach(input -> update(digest, input.line()));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, String line) {
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }
}
