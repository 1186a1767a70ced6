package org.rtpipeline.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * A row with a cell of every type.
 *
 * @param course course key
 * @param patientId patient
 * @param number a number
 * @param doseGy a dose, Gy
 */
public record Sample(String course, String patientId, int number, @Nullable Double doseGy)
    implements TableRecord {

  /** Its table. */
  public static final TableSchema<Sample> SCHEMA =
      new TableSchema<>(
          "sample",
          "Rows of tests",
          List.of("course_key", "number"),
          List.of(
              new Column<>("course_key", Column.Type.TEXT, "", "Course", Sample::course),
              new Column<>("patient_id", Column.Type.TEXT, "", "Patient", Sample::patientId),
              new Column<>("number", Column.Type.INTEGER, "", "Number", Sample::number),
              new Column<>("bytes", Column.Type.LONG, "byte", "Size", s -> 5_000_000_000L),
              new Column<>("dose_gy", Column.Type.DOUBLE, "Gy", "Dose", Sample::doseGy),
              new Column<>("even", Column.Type.BOOLEAN, "", "Even", s -> s.number % 2 == 0),
              new Column<>(
                  "names", Column.Type.TEXT_LIST, "", "Names", s -> List.of("a", s.patientId)),
              new Column<>("doses_gy", Column.Type.DOUBLE_LIST, "Gy", "Doses", s -> List.of(.5))));

  @Override
  public TableSchema<Sample> schema() {
    return SCHEMA;
  }
}
