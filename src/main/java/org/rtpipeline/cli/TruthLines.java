package org.rtpipeline.cli;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.Job;
import org.rtpipeline.phantom.Truth;
import org.rtpipeline.phantom.TruthComparison;
import org.rtpipeline.phantom.TruthComparison.Computed;
import org.rtpipeline.phantom.TruthComparison.Difference;
import org.rtpipeline.store.PatientIds;

/** Says how far the results of a phantom cohort are from its truth. */
final class TruthLines {
  private static final String METRICS = "_RESULTS/dvh_metrics.csv";

  private TruthLines() {}

  /**
   * The largest difference of each kind; empty when the input is no phantom cohort, when the tables
   * hold no patient identifiers, or when there is no csv export on this machine.
   *
   * @throws CommandException when a table is there and cannot be read
   */
  static List<String> of(Job job) throws CommandException {
    Optional<Path> truth = localFile(job.input(), Truth.FILE_NAME);
    Optional<Path> metrics = localFile(job.output(), METRICS);
    if (truth.isEmpty()
        || metrics.isEmpty()
        || job.privacy().identifiers() != PatientIds.Rule.KEEP) {
      return List.of();
    }
    try {
      return lines(TruthComparison.of(Truth.read(truth.get()), computed(metrics.get())));
    } catch (IOException unreadable) {
      throw new CommandException(
          ExitCode.INTERNAL, "the truth cannot be compared: " + unreadable.getMessage());
    }
  }

  private static Optional<Path> localFile(String folder, String name) {
    return InputFolder.onThisMachine(folder, System.getProperties())
        .map(path -> path.resolve(name))
        .filter(Files::isRegularFile);
  }

  private static List<Computed> computed(Path metrics) throws IOException {
    List<Computed> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> reader =
        CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(metrics)) {
      for (NamedCsvRecord row : reader) {
        rows.add(
            new Computed(
                row.getField("patient_id"),
                row.getField("ROI_OriginalName"),
                number(row.getField("Volume (cm\u00b3)")),
                number(row.getField("DmeanGy")),
                number(row.getField("D95Gy"))));
      }
    }
    return rows;
  }

  private static double number(String cell) {
    return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
  }

  private static List<String> lines(TruthComparison comparison) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "largest differences from the truth of the phantoms, over "
            + comparison.compared()
            + " regions:");
    add(lines, "volume", comparison.volumePct(), "%");
    add(lines, "mean dose", comparison.dmeanGy(), "Gy");
    add(lines, "D95", comparison.d95Gy(), "Gy");
    if (!comparison.missing().isEmpty()) {
      lines.add(
          "  without a result: "
              + comparison.missing().size()
              + ", as "
              + comparison.missing().get(0));
    }
    return lines;
  }

  private static void add(
      List<String> lines, String name, @Nullable Difference difference, String unit) {
    if (difference != null) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %-10s %+.3f %-2s  in %s of %s",
              name,
              difference.value(),
              unit,
              difference.roiName(),
              difference.patientId()));
    }
  }
}
