package org.rtpipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.DvhGamma;
import org.rtpipeline.fixture.ProgramRun;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.store.DeltaSettings;

/** The shaded jar, started as a user starts it, from DICOM files to the tables people open. */
final class WholeRunIT {

  /** 2 keys, 146 measures, 7 of identity, 11 of provenance, 3 of the cohort, 3 of our own. */
  private static final int DVH_COLUMNS = 172;

  private static final double BEYOND_ANY_DOSE_GY = 1000;
  private static final List<String> NO_OPTIONS = List.of();
  private static final Pattern ECLIPSE_VALUE =
      Pattern.compile("(.*)_DvhArray Value \\(% of (.*) cc\\)");

  @TempDir Path folder;

  @Test
  void theDemoJobAgreesWithTheTruthOfItsPhantoms() throws Exception {
    String job = Path.of("jobs/demo.conf").toAbsolutePath().toString();

    ProgramRun run = ProgramRun.of(folder, NO_OPTIONS, "run", "--job", job);

    assertThat(run.exitCode()).as(run.console()).isZero();
    Path results = folder.resolve("output/demo/results/_RESULTS");
    List<String> lines = Files.readAllLines(results.resolve("dvh_metrics.csv"));
    assertThat(lines.get(0).split(",", -1)).hasSize(DVH_COLUMNS);
    assertThat(lines).hasSizeGreaterThan(3 * 8);
    assertThat(results.resolve("dvh_metrics.xlsx")).isRegularFile();
    assertThat(results.resolve("dvh_metrics.parquet")).isRegularFile();
    assertThat(results.resolve("report.html")).isRegularFile();
    assertThat(run.console()).contains("truth");
  }

  @Test
  void anEclipsePlanAgreesWithTheCurvesOfEclipseAndCerr() throws Exception {
    Path set = SharedData.require("rt/slicerrt-eclipse-prostate");
    Path output = folder.resolve("results");

    ProgramRun run =
        ProgramRun.of(
            folder, NO_OPTIONS, "run", "--input", set.toString(), "--output", output.toString());

    assertThat(run.exitCode()).as(run.console()).isZero();
    Map<String, double[][]> curves = curves(output);
    assertThat(curves).hasSize(6);
    for (String system : List.of("eclipse", "cerr")) {
      Map<String, double[][]> reference = reference(set.resolve("dvh_table_" + system + ".csv"));
      assertThat(reference).hasSize(6);
      reference.forEach(
          (name, points) -> {
            double[][] ours = curves.get(name);
            assertThat(ours).as("curve of %s", name).isNotNull();
            double highestGy = ours[0][ours[0].length - 1];
            assertThat(
                    DvhGamma.agreement(
                        points[0],
                        points[1],
                        enclosed(0, ours[0], BEYOND_ANY_DOSE_GY),
                        enclosed(1, ours[1], 0),
                        highestGy,
                        0.01))
                .as("agreement with %s for %s", system, name)
                .isGreaterThanOrEqualTo(0.99);
          });
    }
  }

  @Test
  void oddAndForeignFilesEndInRowsAndNotInStackTraces() throws Exception {
    for (String set : List.of("rt", "dicom-odd")) {
      Path input = SharedData.require(set);
      Path output = folder.resolve(set);

      ProgramRun run =
          ProgramRun.of(
              folder,
              NO_OPTIONS,
              "run",
              "--input",
              input.toString(),
              "--output",
              output.toString());

      assertThat(run.exitCode()).as(run.console()).isIn(0, 3);
      assertThat(run.console()).doesNotContain("\tat ").doesNotContain("Exception");
    }
  }

  @Test
  void rowsAreTheSameForAnyNumberOfPartitionsAndAnyOrderOfFiles() throws Exception {
    Path dicom = folder.resolve("dicom");
    ProgramRun made =
        ProgramRun.of(
            folder, NO_OPTIONS, "phantom", "--output", dicom.toString(), "--patients", "3");
    assertThat(made.exitCode()).as(made.console()).isZero();
    Path renamed = folder.resolve("renamed");
    flatten(dicom, renamed);

    String one = results("one", dicom, "1");
    String two = results("two", renamed, "2");
    String seven = results("seven", dicom, "7");

    assertThat(one).isNotEmpty().isEqualTo(two).isEqualTo(seven);
  }

  private String results(String name, Path input, String workers)
      throws IOException, InterruptedException {
    Path output = folder.resolve("results-" + name);
    ProgramRun run =
        ProgramRun.of(
            folder,
            List.of("-Dspark.master=local[8]"),
            "run",
            "--input",
            input.toString(),
            "--output",
            output.toString(),
            "--workers",
            workers);
    assertThat(run.exitCode()).as(run.console()).isZero();
    return Files.readString(output.resolve("_RESULTS/dvh_metrics.csv"), StandardCharsets.UTF_8)
        .replace(input.toString(), "INPUT");
  }

  /** Copies every DICOM file into one folder under a name that sorts the other way round. */
  private static void flatten(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.walk(from)) {
      List<Path> sorted =
          files
              .filter(path -> path.toString().endsWith(".dcm"))
              .sorted(Comparator.reverseOrder())
              .toList();
      for (int i = 0; i < sorted.size(); i++) {
        Files.copy(sorted.get(i), to.resolve(String.format(Locale.ROOT, "%05d", i)));
      }
    }
  }

  /** Dose in Gy and cumulative share of the volume, by ROI name without blanks. */
  private static Map<String, double[][]> curves(Path output) throws IOException {
    SparkSession.Builder builder =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", false);
    DeltaSettings.map(1).forEach(builder::config);
    Map<String, double[][]> curves = new TreeMap<>();
    try (SparkSession session = builder.getOrCreate()) {
      for (Row row :
          session
              .read()
              .format("delta")
              .load(output.resolve("tables/dvh_curves").toString())
              .select("roi_name", "dose_gy", "volume_cm3")
              .collectAsList()) {
        double[] gy = numbers(row.getList(1));
        double[] share = numbers(row.getList(2));
        double wholeCm3 = share[0];
        for (int i = 0; i < share.length; i++) {
          share[i] /= wholeCm3;
        }
        curves.put(row.getString(0).replace(" ", ""), new double[][] {gy, share});
      }
    }
    return curves;
  }

  /** The stored curve spans the doses of the region: below them all of it, above them none. */
  private static double[] enclosed(double first, double[] values, double last) {
    double[] all = new double[values.length + 2];
    all[0] = first;
    System.arraycopy(values, 0, all, 1, values.length);
    all[all.length - 1] = last;
    return all;
  }

  private static double[] numbers(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Column pairs of dose and volume in percent; empty cells end a pair. */
  private static Map<String, double[][]> reference(Path csv) {
    List<String> lines;
    try {
      lines = Files.readAllLines(csv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String[] head = lines.get(0).split(",", -1);
    Map<String, double[][]> curves = new TreeMap<>();
    for (int column = 1; column < head.length; column += 2) {
      Matcher name = ECLIPSE_VALUE.matcher(head[column]);
      if (!name.matches()) {
        continue;
      }
      List<double[]> points = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",", -1);
        if (!cells[column].isBlank()) {
          points.add(
              new double[] {
                Double.parseDouble(cells[column - 1]), Double.parseDouble(cells[column]) / 100
              });
        }
      }
      curves.put(
          name.group(1).replace(" ", ""),
          new double[][] {
            points.stream().mapToDouble(p -> p[0]).toArray(),
            points.stream().mapToDouble(p -> p[1]).toArray()
          });
    }
    return curves;
  }
}
