package org.rtpipeline.organize;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a user decided about one dose of a patient, over everything the objects say.
 *
 * @param patientId as in the objects
 * @param doseUid SOP instance UID of the dose
 * @param use whether it counts
 */
public record DoseChoice(String patientId, String doseUid, Use use) implements Serializable {

  /** First line of a table of choices. */
  public static final String HEADER = "patient_id,dose_uid,use";

  private static final int COLUMNS = 3;

  /** Whether a dose counts. */
  public enum Use {
    YES,
    NO
  }

  /**
   * The choices of a table: CSV with the header {@value #HEADER}, {@code use} being yes or no.
   * Blank lines are passed over; cells hold no commas.
   *
   * @throws IllegalArgumentException with the number of the first line that is no choice
   */
  public static List<DoseChoice> parse(List<String> lines) {
    if (lines.isEmpty() || !lines.get(0).strip().equals(HEADER)) {
      throw new IllegalArgumentException("line 1 is not the header " + HEADER);
    }
    List<DoseChoice> choices = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        choices.add(choice(lines.get(i), i + 1));
      }
    }
    return choices;
  }

  private static DoseChoice choice(String line, int number) {
    String[] cells = line.split(",", -1);
    if (cells.length != COLUMNS) {
      throw new IllegalArgumentException(
          "line " + number + " has " + cells.length + " cells, expected " + COLUMNS);
    }
    Use use =
        switch (cells[2].strip().toLowerCase(Locale.ROOT)) {
          case "yes" -> Use.YES;
          case "no" -> Use.NO;
          default ->
              throw new IllegalArgumentException(
                  "line " + number + " neither says yes nor no in its last cell");
        };
    return new DoseChoice(cells[0].strip(), cells[1].strip(), use);
  }
}
