package org.rtpipeline.report;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.store.StoredRow;
import org.rtpipeline.store.StoredTable.StoredColumn;
import org.rtpipeline.store.TableStore;

/** Rows of whole courses for exports that say why something is missing: a stage was left out. */
final class CourseReasons {

  private static final String OUTCOMES = "outcomes";
  private static final String DONE = "DONE";
  private static final String CLINICAL = "CLINICAL";
  private static final ReadColumns OUTCOME =
      ReadColumns.texts(
              "patient_id", "course_label", "course_key", "stage", "structures", "outcome")
          .with(Column.Type.TEXT_LIST, "findings")
          .with(Column.Type.TEXT, "reason");

  private CourseReasons() {}

  /**
   * One row per course for whose clinical structures a stage was not done; what becomes of
   * automatic ones is said region by region.
   *
   * @param columns of the rows; those that are none of an outcome are empty
   */
  static JavaRDD<StoredRow> of(
      JavaSparkContext spark, TableStore store, String stage, List<StoredColumn> columns) {
    return store
        .stored(OUTCOMES)
        .map(table -> table.rows(OUTCOME.columns()))
        .orElseGet(spark::emptyRDD)
        .filter(row -> OUTCOME.text(row, "stage").equals(stage))
        .filter(row -> OUTCOME.text(row, "structures").equals(CLINICAL))
        .filter(row -> !OUTCOME.text(row, "outcome").equals(DONE))
        .map(row -> under(columns, row));
  }

  private static StoredRow under(List<StoredColumn> columns, StoredRow outcome) {
    @Nullable Object[] cells = new @Nullable Object[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      String name = columns.get(i).name();
      boolean isOfOutcome = OUTCOME.columns().stream().anyMatch(c -> c.name().equals(name));
      cells[i] = isOfOutcome ? OUTCOME.cell(outcome, name) : null;
    }
    return new StoredRow(cells);
  }
}
