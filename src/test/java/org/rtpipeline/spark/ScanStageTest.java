package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ScannedFile;

@ExtendWith(SharedSpark.class)
final class ScanStageTest {

  @TempDir Path folder;

  private final JavaSparkContext context;

  ScanStageTest(JavaSparkContext context) {
    this.context = context;
  }

  @Test
  void everyFileOfNestedFoldersHasOneResult() throws Exception {
    Path deep = Files.createDirectories(folder.resolve("in/a/b/c/d/e/f"));
    Files.writeString(folder.resolve("in/notes.txt"), "no DICOM");
    Files.writeString(deep.resolve("more.txt"), "no DICOM");
    Files.createDirectories(folder.resolve("in/empty"));

    List<ScannedFile> files = scan("in");

    assertThat(files).hasSize(2).allMatch(file -> file.use() != ScannedFile.Use.USED);
  }

  @Test
  void linksAreNamedAndNeverFollowed() throws Exception {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(folder.resolve("outside.txt"), "x");
    Files.createSymbolicLink(in.resolve("loop"), in);
    Files.createSymbolicLink(in.resolve("out"), folder.resolve("outside.txt"));
    Files.createSymbolicLink(in.resolve("dangling"), in.resolve("nothing"));

    assertThat(scan("in"))
        .extracting(file -> file.findings().get(0).code())
        .containsExactlyInAnyOrder(
            Finding.Code.NOT_A_FILE, Finding.Code.OUTSIDE_INPUT_ROOT, Finding.Code.NOT_A_FILE);
  }

  @Test
  void theOutputIsNeverInput() throws Exception {
    Files.createDirectories(folder.resolve("in/out"));
    Files.writeString(folder.resolve("in/out/row.txt"), "x");

    assertThat(scan("in", "in/out")).isEmpty();
  }

  @Test
  void theOutputIsNeverInputBehindASymbolicLinkEither() throws Exception {
    Files.createDirectories(folder.resolve("real/in/out"));
    Files.writeString(folder.resolve("real/in/out/row.txt"), "x");
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("real"));

    assertThat(scan("link/in", "link/in/out")).isEmpty();
    assertThat(scan("link/in", "link/in/out/new")).hasSize(1);
  }

  @Test
  void anEmptyFolderHasNoFiles() throws Exception {
    Files.createDirectories(folder.resolve("in"));

    assertThat(scan("in")).isEmpty();
  }

  @Test
  void aSingleFileIsInputToo() throws Exception {
    Files.writeString(folder.resolve("one"), "x");

    assertThat(scan("one")).hasSize(1);
  }

  @Test
  void aRootThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> scan("missing"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot be read");
  }

  private List<ScannedFile> scan(String input) throws InputException {
    return scan(input, "out");
  }

  private List<ScannedFile> scan(String input, String output) throws InputException {
    return ScanStage.scan(
            context,
            folder.resolve(input).toUri().toString(),
            folder.resolve(output).toUri().toString(),
            HadoopStreams.of(context),
            Parallelism.of(1, 3, OptionalInt.empty()))
        .collect();
  }
}
