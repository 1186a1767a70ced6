package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dicom.StreamOpener;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.phantom.PhantomCohort;
import org.rtpipeline.phantom.PhantomOptions;
import org.rtpipeline.phantom.PhantomSize;
import org.rtpipeline.store.ScanCatalogue;

/** What a scan opens when an earlier one has left its catalogue. */
@ExtendWith(SharedSpark.class)
final class InputScanTest {

  private static final int FILES = 49;
  private static final Set<String> OPENED = ConcurrentHashMap.newKeySet();
  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

  @TempDir Path folder;

  private final JavaSparkContext context;
  private Path in = Path.of("");

  InputScanTest(JavaSparkContext context) {
    this.context = context;
  }

  /** Notes what it opens; files whose name begins with {@code lost} cannot be opened. */
  private record Noting(HadoopStreams streams) implements StreamOpener {
    @Override
    public InputStream open(String path) throws IOException {
      String name = path.substring(path.lastIndexOf('/') + 1);
      OPENED.add(name);
      if (name.startsWith("lost")) {
        throw new IOException("gone for a while");
      }
      return streams.open(path);
    }
  }

  @BeforeEach
  void onePatient() throws Exception {
    in = folder.resolve("in");
    PhantomCohort.write(in, new PhantomOptions(1, 1, PhantomSize.SMALL));
    OPENED.clear();
  }

  @Test
  void whatHasNotChangedIsNotOpenedAgain() throws Exception {
    InputScan first = scan(3, "r1");
    assertThat(OPENED).hasSize(FILES);
    OPENED.clear();

    InputScan second = scan(3, "r2");

    assertThat(OPENED).isEmpty();
    assertThat(second.counts().known()).isEqualTo(FILES);
    assertThat(results(second)).isEqualTo(results(first)).isEqualTo(fresh());
    assertThat(second.notices()).isEmpty();
    assertThat(editions()).containsExactly("r1");
  }

  @Test
  void anotherNumberOfTasksKnowsAllFilesToo() throws Exception {
    scan(5, "r1");
    OPENED.clear();

    assertThat(results(scan(2, "r2"))).isEqualTo(fresh());
    assertThat(results(scan(7, "r3"))).isEqualTo(fresh());
    assertThat(OPENED).isEmpty();
    assertThat(editions()).containsExactly("r3");
  }

  @Test
  void onlyAChangedAndANewFileAreOpened() throws Exception {
    scan(3, "r1");
    Path plan = in.resolve("PHANTOM-0001/RP.dcm");
    Files.setLastModifiedTime(plan, FileTime.fromMillis(1_000_000_000_000L));
    Files.writeString(in.resolve("new.txt"), "no DICOM");
    Files.writeString(in.resolve("truth.csv"), "longer", StandardOpenOption.APPEND);
    OPENED.clear();

    InputScan second = scan(3, "r2");

    assertThat(OPENED).containsExactlyInAnyOrder("RP.dcm", "new.txt", "truth.csv");
    assertThat(results(second)).isEqualTo(fresh());
    OPENED.clear();
    scan(3, "r3");
    assertThat(OPENED).isEmpty();
  }

  @Test
  void aFileThatChangedItsContentHasItsNewResult() throws Exception {
    scan(3, "r1");
    Files.copy(
        in.resolve("PHANTOM-0001/RD.dcm"),
        in.resolve("PHANTOM-0001/RP.dcm"),
        StandardCopyOption.REPLACE_EXISTING);

    assertThat(results(scan(3, "r2"))).isEqualTo(fresh());
  }

  @Test
  void aRemovedFileIsForgotten() throws Exception {
    scan(3, "r1");
    Files.delete(in.resolve("PHANTOM-0001/RP.dcm"));

    InputScan second = scan(3, "r2");

    assertThat(second.counts().seen()).isEqualTo(FILES - 1);
    assertThat(results(second)).isEqualTo(fresh());
    assertThat(editions()).containsExactly("r2");
  }

  @Test
  void aFileThatIsYoungerThanAStepOfTimeIsReadAgain() throws Exception {
    Path plan = in.resolve("PHANTOM-0001/RP.dcm");
    Files.setLastModifiedTime(
        plan, FileTime.fromMillis(LATER.millis() - ScanStage.TIME_STEP_MILLIS / 2));
    scan(3, "r1");
    OPENED.clear();

    scan(3, "r2");

    assertThat(OPENED).containsExactly("RP.dcm");
  }

  @Test
  void aFileThatCouldNotBeOpenedIsTriedAgain() throws Exception {
    Files.writeString(in.resolve("lost.dcm"), "x");
    assertThat(scan(3, "r1").counts().rejected()).isEqualTo(1);
    OPENED.clear();

    scan(3, "r2");

    assertThat(OPENED).containsExactly("lost.dcm");
  }

  @Test
  void theCatalogueOfAnotherReaderOrOfOtherOptionsIsNotUsed() throws Exception {
    scan(3, "r1", "version 0", Runs.keys().secret("test"));
    OPENED.clear();
    assertThat(scan(3, "r1b").notices()).singleElement().asString().contains("another version");
    assertThat(OPENED).hasSize(FILES);
    OPENED.clear();

    InputScan second =
        scan(3, "r2", InputScan.reader(PersonalData.KEEP), Runs.keys().secret("test"));

    assertThat(OPENED).hasSize(FILES);
    assertThat(second.notices()).singleElement().asString().contains("another version");
    assertThat(results(second)).isEqualTo(fresh());
  }

  @Test
  void theCatalogueOfAnotherSiteKeyIsNotUsed() throws Exception {
    scan(3, "r1");
    OPENED.clear();

    InputScan second =
        scan(3, "r2", InputScan.reader(PersonalData.DROP), Runs.keys().secret("other"));

    assertThat(OPENED).hasSize(FILES);
    assertThat(second.notices()).singleElement().asString().contains("broken");
  }

  @Test
  void aBrokenPartIsReadFromTheFilesAndMended() throws Exception {
    scan(3, "r1");
    Path part = folder.resolve("out/catalogue/r1/part-1");
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 4;
    Files.write(part, bytes);
    OPENED.clear();

    InputScan second = scan(3, "r2");

    assertThat(OPENED).isNotEmpty().hasSizeLessThan(FILES);
    assertThat(results(second)).isEqualTo(fresh());
    assertThat(second.notices())
        .containsExactly(
            "a part of the scan catalogue is broken; "
                + OPENED.size()
                + " file(s) were read in its place");
    OPENED.clear();
    assertThat(scan(3, "r3").notices()).isEmpty();
    assertThat(OPENED).isEmpty();
  }

  @Test
  void aPartThatWasCutOrLostIsReadFromTheFiles() throws Exception {
    scan(3, "r1");
    Files.write(folder.resolve("out/catalogue/r1/part-0"), new byte[0]);
    Files.write(folder.resolve("out/catalogue/r1/part-1"), new byte[] {1, 127, 0, 0, 0});
    Files.delete(folder.resolve("out/catalogue/r1/part-2"));
    OPENED.clear();

    assertThat(results(scan(3, "r2"))).isEqualTo(fresh());
    assertThat(OPENED).hasSize(FILES);
  }

  @Test
  void aManifestThatSaysNothingIsNotUsed() throws Exception {
    for (String text : List.of("{", "{}", "[]")) {
      scan(3, "r1");
      Files.writeString(folder.resolve("out/catalogue/r1/manifest.json"), text);
      OPENED.clear();

      assertThat(scan(3, "r2").notices()).singleElement().asString().contains("cannot be read");
      assertThat(OPENED).hasSize(FILES);
      FileUtil.fullyDelete(folder.resolve("out/catalogue").toFile());
    }
  }

  @Test
  void anEditionThatWasNeverFinishedIsNotUsed() throws Exception {
    scan(3, "r1");
    Files.move(
        folder.resolve("out/catalogue/r1/manifest.json"),
        folder.resolve("out/catalogue/r1/manifest.new"));
    Files.createDirectories(folder.resolve("out/tables"));
    OPENED.clear();

    assertThat(scan(3, "r2").notices())
        .containsExactly("the output has no scan catalogue; every file is read");
    assertThat(OPENED).hasSize(FILES);
    assertThat(editions()).containsExactly("r2");
  }

  @Test
  void nothingThatIdentifiesAPatientCanBeReadInTheCatalogue() throws Exception {
    scan(1, "r1");

    try (Stream<Path> files = Files.walk(folder.resolve("out/catalogue"))) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSize(2)
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .doesNotContain("PHANTOM"));
    }
  }

  @Test
  void theScanOfARunKnowsTheFilesOfTheRunBefore() throws Exception {
    RunRequest request = Runs.request(in, folder.resolve("out"));
    Parallelism parallelism = Parallelism.of(1, 3, OptionalInt.empty());
    try (Stream<Path> files = Files.walk(in)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
      }
    }
    HadoopStreams streams = HadoopStreams.of(context);
    InputScan first = InputScan.of(context, request, streams, parallelism);
    first.remember("r1");
    assertThat(first.counts()).isEqualTo(new RunSummary.Files(FILES - 1, 1, 0, FILES, 0));
    assertThat(first.unused().collect()).hasSize(1);
    first.close();

    InputScan second = InputScan.of(context, request, streams, parallelism);

    assertThat(second.counts()).isEqualTo(new RunSummary.Files(FILES - 1, 1, 0, FILES, FILES));
  }

  private InputScan scan(int tasks, String name) throws Exception {
    return scan(tasks, name, InputScan.reader(PersonalData.DROP), Runs.keys().secret("test"));
  }

  private InputScan scan(int tasks, String name, String reader, byte[] secret) throws Exception {
    HadoopStreams streams = HadoopStreams.of(context);
    ScanCatalogue catalogue =
        new ScanCatalogue(
            context.broadcast(new SerializableConfiguration(context.hadoopConfiguration())),
            folder.resolve("out").toUri().toString(),
            secret,
            reader);
    InputScan scan =
        InputScan.of(
            catalogue,
            (scope, edition) ->
                ScanStage.seen(
                    context,
                    scope,
                    streams,
                    Parallelism.of(1, tasks + 1, OptionalInt.of(tasks)),
                    new ScanStage.Opening(new Noting(streams), LATER, PersonalData.DROP, edition)),
            ScanStage.scope(
                in.toUri().toString(), folder.resolve("out").toUri().toString(), streams));
    scan.remember(name);
    return scan;
  }

  private static Set<ScannedFile> results(InputScan scan) {
    return Set.copyOf(scan.files().collect());
  }

  private Set<ScannedFile> fresh() throws Exception {
    Set<ScannedFile> all =
        Set.copyOf(
            ScanStage.scan(
                    context,
                    in.toUri().toString(),
                    folder.resolve("nowhere").toUri().toString(),
                    HadoopStreams.of(context),
                    Parallelism.of(1, 3, OptionalInt.empty()))
                .collect());
    assertThat(all).hasSizeGreaterThan(40);
    return all;
  }

  private List<String> editions() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("out/catalogue"))) {
      return all.map(path -> path.getFileName().toString()).sorted().collect(Collectors.toList());
    }
  }
}
