package org.rtpipeline.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.rtpipeline.model.Column;
import org.rtpipeline.store.StoredRow;
import org.rtpipeline.store.StoredTable;
import org.rtpipeline.store.TableStore;
import scala.Tuple2;

/**
 * The exports {@code plans}, {@code structure_sets}, {@code dosimetrics} and {@code CT_images}: one
 * row per object of the whole input, in a course or not, from the table {@code instances}, under
 * the names that users of the Python rtpipeline know. The same object in several files has one row.
 * Paths are empty: they may hold names of patients.
 */
final class ObjectExports {

  static final String TABLE = "instances";

  private static final String NO_COURSE = "none";

  private ObjectExports() {}

  /** An export with the rows it is made from. */
  record Objects(ExportTable table, JavaRDD<StoredRow> rows) {}

  /** One export and the modality of its objects. */
  private record Kind(ExportTable table, String modality) {}

  /** Every export of objects; none before a run. */
  static List<Objects> of(TableStore store) {
    Optional<StoredTable> instances = store.stored(TABLE);
    if (instances.isEmpty()) {
      return List.of();
    }
    ReadColumns columns = new ReadColumns(columns());
    JavaRDD<StoredRow> objects = objects(columns, instances.get(), store.partitions());
    return kinds().stream()
        .map(kind -> new Objects(kind.table, rows(kind, columns, objects)))
        .toList();
  }

  private static List<Kind> kinds() {
    return List.of(
        new Kind(plans(), "RTPLAN"),
        new Kind(structureSets(), "RTSTRUCT"),
        new Kind(dosimetrics(), "RTDOSE"),
        new Kind(images(), "CT"));
  }

  /** What any of the exports reads, each column once. */
  private static List<StoredTable.StoredColumn> columns() {
    return kinds().stream().flatMap(kind -> kind.table.sources().stream()).distinct().toList();
  }

  /**
   * One row per object: of its files the one in a course counts, else the first by its place. All
   * exports share it, so that its shuffle runs once and is as wide as one stage.
   */
  private static JavaRDD<StoredRow> objects(
      ReadColumns columns, StoredTable instances, int partitions) {
    List<String> modalities = kinds().stream().map(Kind::modality).toList();
    return instances
        .rows(columns.columns())
        .filter(row -> modalities.contains(columns.text(row, "modality")))
        .mapToPair(
            row ->
                new Tuple2<>(
                    columns.text(row, "modality") + " " + columns.text(row, "sop_instance_uid"),
                    row))
        .reduceByKey((one, other) -> better(columns, one, other), partitions)
        .values();
  }

  /** The objects of a kind, with the columns that its export reads. */
  private static JavaRDD<StoredRow> rows(
      Kind kind, ReadColumns columns, JavaRDD<StoredRow> objects) {
    String modality = kind.modality;
    int[] places = kind.table.sources().stream().mapToInt(columns.columns()::indexOf).toArray();
    return objects
        .filter(row -> columns.text(row, "modality").equals(modality))
        .map(row -> new StoredRow(IntStream.of(places).mapToObj(row::cell).toArray()));
  }

  private static StoredRow better(ReadColumns columns, StoredRow one, StoredRow other) {
    boolean oneIn = !columns.text(one, "course_key").equals(NO_COURSE);
    boolean otherIn = !columns.text(other, "course_key").equals(NO_COURSE);
    if (oneIn != otherIn) {
      return oneIn ? one : other;
    }
    return columns.text(one, "uri").compareTo(columns.text(other, "uri")) <= 0 ? one : other;
  }

  private static CopiedColumns ordered() {
    return new CopiedColumns("patient_id", "sop_instance_uid", "modality", "course_key", "uri");
  }

  static ExportTable plans() {
    return ordered()
        .empty("file_path")
        .text("plan_name", "label")
        .text("plan_date", "date")
        .joined("reference_dose_name", "dose_references")
        .text("approval", "approval_status")
        .text("CT_series", "series_uid")
        .text("CT_study", "study_uid")
        .text("patient_id", "patient_id")
        .text("patient_dob", "patient_birth_date")
        .text("patient_gender", "patient_sex")
        .joined("patient_pesel", "other_patient_ids")
        .text("sop_instance_uid", "sop_instance_uid")
        .text("course_key", "course_key")
        .table("plans");
  }

  static ExportTable structureSets() {
    return ordered()
        .empty("file_path")
        .text("CT_series", "series_uid")
        .text("CT_study", "study_uid")
        .text("approval", "approval_status")
        .text("patient_id", "patient_id")
        .joined("available_structures", "roi_names", Column.Type.TEXT_LIST, ", ")
        .text("sop_instance_uid", "sop_instance_uid")
        .text("course_key", "course_key")
        .table("structure_sets");
  }

  static ExportTable dosimetrics() {
    return ordered()
        .empty("file_path")
        .text("CT_series", "series_uid")
        .text("CT_study", "study_uid")
        .joined("plan_id", "plan_uids")
        .text("patient_id", "patient_id")
        .text("sop_instance_uid", "sop_instance_uid")
        .text("course_key", "course_key")
        .table("dosimetrics");
  }

  static ExportTable images() {
    return ordered()
        .empty("original_path")
        .text("PatientID", "patient_id")
        .text("CT_study", "study_uid")
        .text("CT_series", "series_uid")
        .whole("SeriesNumber", "series_number")
        .whole("InstanceNumber", "instance_number")
        .text("sop_instance_uid", "sop_instance_uid")
        .text("course_key", "course_key")
        .table("CT_images");
  }
}
