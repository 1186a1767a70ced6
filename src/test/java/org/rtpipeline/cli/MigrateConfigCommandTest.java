package org.rtpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MigrateConfigCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Path file) {
    return new CommandLine(new MigrateConfigCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .setExecutionExceptionHandler(
            (thrown, command, parsed) -> {
              err.write(String.valueOf(thrown.getMessage()));
              return ExitCode.USAGE.number();
            })
        .execute(file.toString());
  }

  @Test
  void theJobFileGoesToTheOutputAndWhatIsGoneToTheErrorStream(@TempDir Path folder)
      throws IOException {
    Path old =
        Files.writeString(
            folder.resolve("config.yaml"),
            "dicom_root: in\nsegmentation:\n  threads_per_worker: 4\n");

    assertThat(run(old)).isZero();
    assertThat(out.toString()).contains("rtpipeline {", "  input = \"in\"");
    assertThat(err.toString())
        .contains("note: line 3: segmentation.threads_per_worker is left out");
  }

  @Test
  void aFileThatCannotBeUsedIsNamed(@TempDir Path folder) throws IOException {
    assertThat(run(folder.resolve("absent.yaml"))).isEqualTo(2);
    assertThat(err.toString()).contains("absent.yaml cannot be read");
    assertThat(run(Files.writeString(folder.resolve("bad.yaml"), "a: [1\n"))).isEqualTo(2);
    assertThat(err.toString()).contains("bad.yaml, line ");
  }
}
