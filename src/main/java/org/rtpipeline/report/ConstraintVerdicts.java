package org.rtpipeline.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.rtpipeline.model.Column;
import org.rtpipeline.report.CourseSection.JudgedConstraint;
import org.rtpipeline.store.StoredRow;

/** What the report says of dose constraints, from rows of table {@code dvh_constraints}. */
final class ConstraintVerdicts {

  /** Name of the table. */
  static final String TABLE = "dvh_constraints";

  /** Columns that the report reads. */
  static final ReadColumns COLUMNS =
      ReadColumns.texts(
              "course_key",
              "structure_set_uid",
              "dose_uid",
              "verdict",
              "roi_name",
              "constraint_set",
              "constraint",
              "unit",
              "endpoint",
              "source",
              "reason")
          .with(Column.Type.INTEGER, "roi_number")
          .with(Column.Type.DOUBLE, "value");

  /** A verdict as it is stored. */
  enum Verdict {
    /** The constraint does not hold. */
    FAIL("broken", "broken"),
    /** Nothing can be said. */
    NOT_EVALUATED("not judged", "unjudged"),
    /** The constraint holds. */
    PASS("holds", "holds");

    private final String word;
    private final String style;

    Verdict(String word, String style) {
      this.word = word;
      this.style = style;
    }

    /** The verdict in words. */
    String word() {
      return word;
    }
  }

  private static final Comparator<StoredRow> WORST_FIRST =
      Comparator.comparing(ConstraintVerdicts::verdict).thenComparing(new RowOrder());

  private ConstraintVerdicts() {}

  /** What a row says; nothing can be said of a word that is not known. */
  static Verdict verdict(StoredRow row) {
    String stored = COLUMNS.text(row, "verdict");
    return Stream.of(Verdict.values())
        .filter(verdict -> verdict.name().equals(stored))
        .findFirst()
        .orElse(Verdict.NOT_EVALUATED);
  }

  /** The lines of one structure set on one dose, broken ones first. */
  static List<JudgedConstraint> of(List<StoredRow> rows) {
    return rows.stream().sorted(WORST_FIRST).map(ConstraintVerdicts::judged).toList();
  }

  private static JudgedConstraint judged(StoredRow row) {
    Verdict verdict = verdict(row);
    String value =
        COLUMNS.cell(row, "value") instanceof Number number
            ? String.format(Locale.ROOT, "%.2f", number.doubleValue())
                + " "
                + COLUMNS.text(row, "unit")
            : "–";
    return new JudgedConstraint(
        COLUMNS.text(row, "roi_name"),
        verdict.word,
        verdict.style,
        COLUMNS.text(row, "constraint"),
        value.strip(),
        COLUMNS.text(row, "endpoint"),
        COLUMNS.text(row, "constraint_set") + ": " + COLUMNS.text(row, "source"),
        COLUMNS.text(row, "reason"));
  }
}
