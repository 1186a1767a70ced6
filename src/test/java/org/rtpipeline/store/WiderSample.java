package org.rtpipeline.store;

import java.util.List;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * A row of the table of samples as a later version has it: with columns more.
 *
 * @param course course key
 */
record WiderSample(String course) implements TableRecord {

  static final TableSchema<WiderSample> SCHEMA =
      new TableSchema<>(
          "sample",
          "Rows of tests",
          List.of("course_key"),
          List.of(
              new Column<>("course_key", Column.Type.TEXT, "", "Course", WiderSample::course),
              new Column<>("t", Column.Type.TEXT, "", "Text", s -> "new"),
              new Column<>("i", Column.Type.INTEGER, "", "Integer", s -> 1),
              new Column<>("l", Column.Type.LONG, "", "Long", s -> 1L),
              new Column<>("d", Column.Type.DOUBLE, "", "Double", s -> Double.NaN),
              new Column<>("b", Column.Type.BOOLEAN, "", "Boolean", s -> true),
              new Column<>("tl", Column.Type.TEXT_LIST, "", "Texts", s -> List.of()),
              new Column<>("dl", Column.Type.DOUBLE_LIST, "", "Doubles", s -> List.of())));

  @Override
  public TableSchema<WiderSample> schema() {
    return SCHEMA;
  }
}
