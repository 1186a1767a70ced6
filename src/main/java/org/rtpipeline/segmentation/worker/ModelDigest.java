package org.rtpipeline.segmentation.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What decides the labels of a worker: the program, the model with its weights, the settings. */
final class ModelDigest {

  /** Raised by hand when the shipped worker finds other labels with the same model. */
  private static final int ALGORITHM = 2;

  private static final int BUFFER_BYTES = 1 << 20;

  private ModelDigest() {}

  /** SHA-256 in hexadecimal; reads all files of the model. */
  static String of(WorkerOptions options) {
    MessageDigest digest = sha256();
    text(digest, "worker " + ALGORITHM + " protocol " + WorkerMessage.PROTOCOL);
    text(digest, String.join(" ", options.command()));
    text(digest, options.model().toString());
    text(digest, options.ladder().toString());
    for (Path folder : ModelFiles.of(options)) {
      files(digest, folder);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Digests a text with its length, so that no two lists of texts are alike. */
  static void text(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static void files(MessageDigest digest, Path root) {
    try (Stream<Path> walk = Files.walk(root)) {
      List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (Path file : files) {
        text(digest, root.relativize(file).toString());
        try (InputStream in = Files.newInputStream(file)) {
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the files of the model cannot be read", e);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
