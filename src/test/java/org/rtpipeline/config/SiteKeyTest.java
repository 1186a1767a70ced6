package org.rtpipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SiteKeyTest {
  @TempDir Path folder;

  @Test
  void firstUseMakesAKeyThatOnlyItsOwnerReads() throws Exception {
    Path file = folder.resolve("a/b/site.key");
    assertThat(SiteKey.bytes(file)).hasSize(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void laterUseReadsTheSameKey() throws Exception {
    Path file = folder.resolve("site.key");
    assertThat(SiteKey.bytes(file)).isEqualTo(SiteKey.bytes(file));
  }

  @Test
  void twoSitesHaveTwoKeys() throws Exception {
    assertThat(SiteKey.bytes(folder.resolve("one")))
        .isNotEqualTo(SiteKey.bytes(folder.resolve("two")));
  }

  @Test
  void aKeyThatOthersMayReadIsRefused() throws Exception {
    Path file = folder.resolve("site.key");
    SiteKey.bytes(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> SiteKey.bytes(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void aFileThatHoldsNoKeyIsRefused() throws Exception {
    Path file = folder.resolve("site.key");
    SiteKey.bytes(file);
    Files.writeString(file, "short");
    assertThatThrownBy(() -> SiteKey.bytes(file)).hasMessageContaining("holds no site key");
  }

  @Test
  void aFolderInItsPlaceIsRefused() throws Exception {
    Path file = Files.createDirectory(folder.resolve("site.key"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> SiteKey.bytes(file)).hasMessageContaining("cannot be used");
  }
}
