package org.rtpipeline.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * A row of table {@code dvh} with some of its columns.
 *
 * @param number ROI number
 * @param name ROI name
 * @param rxGy prescription, Gy
 */
record DvhSample(@Nullable Integer number, String name, @Nullable Double rxGy)
    implements TableRecord {

  static final TableSchema<DvhSample> SCHEMA =
      new TableSchema<>(
          "dvh",
          "Rows of tests",
          List.of("course_key"),
          List.of(
              new Column<>("course_key", Column.Type.TEXT, "", "Course", r -> "k"),
              new Column<>("patient_id", Column.Type.TEXT, "", "Patient", r -> "p"),
              new Column<>("course_label", Column.Type.TEXT, "", "Label", r -> "2024-03"),
              new Column<>("roi_number", Column.Type.INTEGER, "", "Number", DvhSample::number),
              new Column<>("roi_name", Column.Type.TEXT, "", "Name", DvhSample::name),
              new Column<>(
                  "touches_image_border",
                  Column.Type.BOOLEAN,
                  "",
                  "Cut",
                  r -> r.name.equals("Body")),
              new Column<>("rx_gy", Column.Type.DOUBLE, "Gy", "Rx", DvhSample::rxGy),
              new Column<>("dmean_gy", Column.Type.DOUBLE, "Gy", "Mean", r -> 25.0),
              new Column<>(
                  "source_dose_uids",
                  Column.Type.TEXT_LIST,
                  "",
                  "Doses",
                  r -> List.of("1.2", "3.4")),
              new Column<>(
                  "reason",
                  Column.Type.TEXT,
                  "",
                  "Why",
                  r -> r.name.equals("Empty") ? "has no contour" : "")));

  @Override
  public TableSchema<DvhSample> schema() {
    return SCHEMA;
  }
}
