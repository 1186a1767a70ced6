package org.rtpipeline.phantom;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of closed-form values that lies beside a made-up cohort. */
public final class Truth {

  /** Name of the table inside the folder of a cohort. */
  public static final String FILE_NAME = "truth.csv";

  private static final String HEADER =
      "patient_id,roi_name,shape,volume_cm3,dmean_gy,d95_gy,dmin_gy,dmax_gy,d98_gy,d50_gy,d5_gy,d2_gy";

  private static final int TEXTS = 3;
  private static final int NUMBERS = 9;

  private Truth() {}

  /** Writes the rows, numbers with nine decimals. */
  static void write(Path file, List<TruthRow> rows) throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (TruthRow row : rows) {
      text.append(row.patientId())
          .append(',')
          .append(row.roiName())
          .append(',')
          .append(row.shape());
      for (double number : numbers(row)) {
        text.append(',').append(String.format(Locale.ROOT, "%.9f", number));
      }
      text.append('\n');
    }
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /**
   * Reads the rows of such a table.
   *
   * @throws IOException when the file cannot be read or is not such a table
   */
  public static List<TruthRow> read(Path file) throws IOException {
    List<TruthRow> rows = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String header = reader.readLine();
      if (!HEADER.equals(header)) {
        throw new IOException(file + ": header is " + header + ", expected " + HEADER);
      }
      String line;
      while ((line = reader.readLine()) != null) {
        rows.add(row(file, line));
      }
    }
    return List.copyOf(rows);
  }

  private static double[] numbers(TruthRow row) {
    return new double[] {
      row.volumeCm3(),
      row.dmeanGy(),
      row.d95Gy(),
      row.dminGy(),
      row.dmaxGy(),
      row.d98Gy(),
      row.d50Gy(),
      row.d5Gy(),
      row.d2Gy()
    };
  }

  private static TruthRow row(Path file, String line) throws IOException {
    String[] cells = line.split(",", -1);
    if (cells.length != TEXTS + NUMBERS) {
      throw new IOException(
          file + ": row has " + cells.length + " cells, expected " + (TEXTS + NUMBERS));
    }
    double[] n = new double[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      n[i] = number(file, cells[TEXTS + i]);
    }
    return new TruthRow(
        cells[0], cells[1], cells[2], n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
  }

  private static double number(Path file, String cell) throws IOException {
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException noNumber) {
      throw new IOException(file + ": not a number: " + cell, noNumber);
    }
  }
}
