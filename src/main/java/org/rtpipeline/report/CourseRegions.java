package org.rtpipeline.report;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.BodyRegion;
import org.rtpipeline.model.Column;
import org.rtpipeline.store.StoredRow;
import org.rtpipeline.store.StoredTable;
import org.rtpipeline.store.StoredTable.StoredColumn;
import org.rtpipeline.store.TableStore;

/**
 * What the planning CT of each course shows, for the exports: one row a course, that over automatic
 * structures where there is one.
 */
final class CourseRegions implements Serializable {

  /** Columns that the Python rtpipeline puts at the end of its cohort files. */
  static final List<String> COHORT = List.of("contrast_phase", "image_modality", "body_regions");

  private static final long serialVersionUID = 1L;
  private static final String TABLE = "body_regions";
  private static final String UNKNOWN = "unknown";
  private static final String AUTOMATIC = "AUTOMATIC";
  private static final List<String> CONTAINED =
      Stream.of(BodyRegion.values()).map(region -> "contains_" + region.word()).toList();
  private static final List<String> SURE =
      Stream.of(BodyRegion.values()).map(region -> region.word() + "_confidence").toList();
  private static final ReadColumns COLUMNS =
      ReadColumns.texts("course_key", "structures", "contrast_phase", "image_modality")
          .with(Column.Type.TEXT_LIST, "body_regions")
          .with(Column.Type.BOOLEAN, CONTAINED)
          .with(Column.Type.DOUBLE, SURE);

  private final HashMap<String, StoredRow> byCourse;

  private CourseRegions(Map<String, StoredRow> byCourse) {
    this.byCourse = new HashMap<>(byCourse);
  }

  /** Those of an output; none when quality control has never run there. */
  static CourseRegions of(TableStore store) {
    Optional<StoredTable> table = store.stored(TABLE);
    Map<String, StoredRow> byCourse = new HashMap<>();
    if (table.isPresent()) {
      for (StoredRow row : table.get().rows(COLUMNS.columns()).collect()) {
        byCourse.merge(COLUMNS.text(row, "course_key"), row, CourseRegions::better);
      }
    }
    return new CourseRegions(byCourse);
  }

  private static StoredRow better(StoredRow one, StoredRow other) {
    return COLUMNS.text(other, "structures").equals(AUTOMATIC) ? other : one;
  }

  /** An export whose last columns say what the CT of the course shows, {@code unknown} if none. */
  ExportTable in(ExportTable export) {
    int key = courseKey(export);
    List<ExportColumn> columns = new ArrayList<>();
    for (ExportColumn column : export.columns()) {
      columns.add(
          COHORT.contains(column.name())
              ? new ExportColumn(
                  column.name(), column.type(), row -> word(row.cell(key), column.name()))
              : column);
    }
    return new ExportTable(export.file(), export.sources(), export.requiredSource(), columns);
  }

  /** An export with further columns: phase, modality, and each region with its confidence. */
  ExportTable behind(ExportTable export) {
    int key = courseKey(export);
    List<ExportColumn> columns = new ArrayList<>(export.columns());
    for (String name : List.of("contrast_phase", "image_modality")) {
      columns.add(new ExportColumn(name, Column.Type.TEXT, row -> word(row.cell(key), name)));
    }
    CONTAINED.forEach(name -> columns.add(copy(key, name, Column.Type.BOOLEAN)));
    SURE.forEach(name -> columns.add(copy(key, name, Column.Type.DOUBLE)));
    return new ExportTable(export.file(), export.sources(), export.requiredSource(), columns);
  }

  private static int courseKey(ExportTable export) {
    return export.sources().indexOf(new StoredColumn("course_key", Column.Type.TEXT));
  }

  private ExportColumn copy(int key, String name, Column.Type type) {
    return new ExportColumn(name, type, row -> cell(row.cell(key), name));
  }

  private @Nullable Object cell(@Nullable Object courseKey, String name) {
    StoredRow row = byCourse.get(Objects.toString(courseKey, ""));
    return row == null ? null : COLUMNS.cell(row, name);
  }

  private String word(@Nullable Object courseKey, String name) {
    Object cell = cell(courseKey, name);
    String text =
        cell instanceof List<?> list
            ? list.stream().map(Object::toString).collect(Collectors.joining(","))
            : Objects.toString(cell, "");
    return text.isEmpty() ? UNKNOWN : text;
  }
}
