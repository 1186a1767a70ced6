package org.rtpipeline.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The secret of a site under which course keys and pseudonyms are made. */
public final class SiteKey {
  private static final int BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private SiteKey() {}

  /**
   * The 32 bytes of the key; a new one is made when the file is absent, readable by its owner only.
   *
   * @param file holds the key as 64 hexadecimal digits
   * @throws ConfigurationException when the file cannot be made or read, holds no key, or others
   *     may read it
   */
  public static byte[] bytes(Path file) throws ConfigurationException {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      refuseWhenOthersMayRead(file);
      String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
      if (!text.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
        throw refused(file, "holds no site key, expected " + 2 * BYTES + " hexadecimal digits");
      }
      return HexFormat.of().parseHex(text);
    } catch (IOException unreadable) {
      throw refused(file, "cannot be used as the site key: " + unreadable);
    }
  }

  private static void make(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    FileAttribute<?>[] attributes =
        isPosix()
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    Set<StandardOpenOption> onlyNew =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(file, onlyNew, attributes)) {
      String text = HexFormat.of().formatHex(key) + "\n";
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (FileAlreadyExistsException another) {
      // Another run has made it in this moment; its key is the site's.
      return;
    }
  }

  private static void refuseWhenOthersMayRead(Path file)
      throws IOException, ConfigurationException {
    if (isPosix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
      throw refused(file, "may be read by others, expected mode 0600: chmod 600 " + file);
    }
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  private static ConfigurationException refused(Path file, String message) {
    return new ConfigurationException(List.of(new Problem(file.toString(), message)));
  }
}
