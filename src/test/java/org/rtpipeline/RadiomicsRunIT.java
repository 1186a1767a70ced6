package org.rtpipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dicom.ContourImages;
import org.rtpipeline.dicom.HeaderReader;
import org.rtpipeline.dicom.RtStructReader;
import org.rtpipeline.dicom.RtStructWriter;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.fixture.ProgramRun;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/** The shaded jar with radiomics, started as a user starts it. */
final class RadiomicsRunIT {

  /** Shape once, and 93 features of the original, four LoG and eight wavelet images. */
  private static final int CT_FEATURES = 14 + 13 * 93;

  private static final int MANY_REGIONS = 200;

  @TempDir Path folder;

  @Test
  void theRadiomicsJobComputesTheShippedParametersOfCt() throws Exception {
    Path dicom = phantom("small");
    Path output = folder.resolve("results");

    ProgramRun run =
        ProgramRun.of(
            folder,
            List.of(),
            "run",
            "--job",
            Path.of("jobs/radiomics.conf").toAbsolutePath().toString(),
            "--input",
            dicom.toString(),
            "--output",
            output.toString());

    assertThat(run.exitCode()).as(run.console()).isZero();
    List<String> lines = Files.readAllLines(output.resolve("_RESULTS/radiomics_ct.csv"));
    List<String> header = Arrays.asList(lines.get(0).split(",", -1));
    assertThat(header.stream().filter(name -> name.matches("(original|log|wavelet).*")))
        .hasSize(CT_FEATURES);
    assertThat(lines).hasSizeGreaterThan(5);
    assertThat(output.resolve("_RESULTS/radiomics_ct.xlsx")).isRegularFile();
    assertThat(output.resolve("_RESULTS/radiomics_ct.parquet")).isRegularFile();
    assertThat(output.resolve("_RESULTS/report.html")).content().contains("id=\"radiomics\"");
  }

  @Test
  void twoHundredRegionsOfAClinicalCourseNeedLessThanOneGibibyte() throws Exception {
    Path dicom = phantom("clinical");
    multiply(dicom);
    Path plain = Files.writeString(folder.resolve("plain.yaml"), "setting:\n  binWidth: 25\n");
    Path output = folder.resolve("results");

    ProgramRun run =
        ProgramRun.of(
            folder,
            List.of("-Xmx1g"),
            "run",
            "--stages",
            "organize,radiomics",
            "--workers",
            "1",
            "--set",
            "radiomics.ct-parameters=" + plain,
            "--set",
            "export.formats=csv",
            "--input",
            dicom.toString(),
            "--output",
            output.toString());

    assertThat(run.exitCode()).as(run.console()).isZero();
    List<String> rows = Files.readAllLines(output.resolve("_RESULTS/radiomics_ct.csv"));
    assertThat(rows).hasSize(1 + MANY_REGIONS);
    List<String> reasons = Files.readAllLines(output.resolve("_RESULTS/radiomics_reasons.csv"));
    assertThat(reasons.subList(1, reasons.size())).allMatch(row -> row.contains("skip list"));
  }

  private Path phantom(String size) throws Exception {
    Path dicom = folder.resolve("dicom");
    ProgramRun made =
        ProgramRun.of(
            folder,
            List.of(),
            "phantom",
            "--output",
            dicom.toString(),
            "--patients",
            "1",
            "--size",
            size);
    assertThat(made.exitCode()).as(made.console()).isZero();
    return dicom;
  }

  private static Path first(Path dicom, String start) throws Exception {
    try (Stream<Path> files = Files.walk(dicom)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.getFileName().toString().startsWith(start))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private static InstanceHeader header(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      FileRef ref = new FileRef(file.toUri().toString(), Files.size(file), 0);
      return Objects.requireNonNull(HeaderReader.read(ref, in).header());
    }
  }

  private static List<String> images(List<Roi> rois) {
    return rois.stream()
        .flatMap(roi -> roi.contours().stream())
        .map(Contour::imageSopInstanceUid)
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }

  /** Draws the regions of a structure set again until there are many. */
  private static void multiply(Path dicom) throws Exception {
    Path file = first(dicom, "RS");
    StructureSet set;
    try (InputStream in = Files.newInputStream(file)) {
      set = RtStructReader.read(file.toString(), in);
    }
    List<Roi> many = new ArrayList<>();
    for (int number = 1; number <= MANY_REGIONS; number++) {
      Roi like = set.rois().get((number - 1) % set.rois().size());
      many.add(new Roi(number, like.name(), like.interpretedType(), null, null, like.contours()));
    }
    InstanceHeader header = header(file);
    InstanceHeader image = header(first(dicom, "CT"));
    try (OutputStream out = Files.newOutputStream(file)) {
      RtStructWriter.write(
          new StudyContext(
              header.patientId(),
              "Phantom",
              "O",
              header.studyUid(),
              "1",
              null,
              null,
              String.valueOf(set.frameOfReferenceUid())),
          new SeriesContext(
              header.seriesUid(),
              1,
              "Made",
              new SeriesContext.Equipment("Maker", "Model", "1"),
              LocalDateTime.of(2024, 2, 3, 4, 5)),
          new StructureSet(
              set.sopInstanceUid(), set.label(), null, set.frameOfReferenceUid(), many, List.of()),
          new ContourImages(image.studyUid(), image.seriesUid(), images(many)),
          out);
    }
  }
}
