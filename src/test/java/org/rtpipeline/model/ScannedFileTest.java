package org.rtpipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ScannedFileTest {

  private static final FileRef FILE = new FileRef("file:/in/a.dcm", 10, 0);
  private static final InstanceHeader HEADER =
      new InstanceHeader(
          FILE,
          "c",
          "u",
          "P1",
          "s",
          "r",
          null,
          "REG",
          List.of(),
          new ObjectFacts.Link(),
          List.of());

  @Test
  void aUsedFileHasAHeader() {
    assertThat(new ScannedFile(FILE, ScannedFile.Use.USED, HEADER, List.of()).header())
        .isEqualTo(HEADER);
  }

  @Test
  void aUsedFileWithoutAHeaderIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScannedFile(FILE, ScannedFile.Use.USED, null, List.of()))
        .withMessage("a header belongs to used files alone, got USED");
  }

  @ParameterizedTest
  @EnumSource(names = {"IGNORED", "REJECTED"})
  void aFileThatIsNotUsedHasNoHeader(ScannedFile.Use use) {
    assertThat(new ScannedFile(FILE, use, null, List.of()).header()).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScannedFile(FILE, use, HEADER, List.of()));
  }
}
