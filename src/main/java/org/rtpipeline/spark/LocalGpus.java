package org.rtpipeline.spark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The GPUs of a machine whose Spark hands out none, as the driver's tools name them. */
final class LocalGpus {

  /** The word for those that the driver finds. */
  static final String AUTO = "auto";

  private static final String NONE = "none";
  private static final long LIMIT_SECONDS = 20;

  private LocalGpus() {}

  /** Addresses that a setting names; {@code auto} asks the driver. */
  static List<String> of(String setting) {
    return switch (setting) {
      case AUTO -> lines("nvidia-smi", "--query-gpu=uuid", "--format=csv,noheader");
      case NONE -> List.of();
      default -> addresses(setting.split(",", -1));
    };
  }

  /** What a program prints, one line each; nothing when it is absent or fails. */
  static List<String> lines(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return List.of();
      }
      return process.exitValue() == 0 ? addresses(text.split("\n", -1)) : List.of();
    } catch (IOException absent) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static List<String> addresses(String... words) {
    return Arrays.stream(words).map(String::strip).filter(word -> !word.isEmpty()).toList();
  }
}
