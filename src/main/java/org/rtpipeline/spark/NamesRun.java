package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.store.PatientIds;
import org.rtpipeline.store.StoredRow;
import org.rtpipeline.store.StoredTable;
import org.rtpipeline.store.StoredTable.StoredColumn;
import org.rtpipeline.store.TableStore;
import org.rtpipeline.structures.NameMaps;
import org.rtpipeline.structures.StructureNameRow;
import org.rtpipeline.structures.UnmappedName;

/** The names of regions that no name map knows, in an input or in the tables of earlier runs. */
public final class NamesRun {

  private static final List<String> COLUMNS =
      List.of("course_key", "patient_id", "roi_name", "name_rule");

  private NamesRun() {}

  /**
   * The unmapped names of an input; nothing is written.
   *
   * @throws InputException when the input cannot be used
   */
  public static List<UnmappedName> ofInput(SparkEngine engine, RunRequest request)
      throws InputException {
    JavaSparkContext context = engine.context();
    Parallelism parallelism = engine.parallelism();
    HadoopStreams streams = HadoopStreams.of(context);
    JavaRDD<ScannedFile> files =
        ScanStage.scan(
            context,
            request.places().inputUri(),
            request.places().outputUri(),
            streams,
            parallelism);
    List<UnmappedName.Seen> seen =
        Courses.organize(
                files.coalesce(parallelism.partitions()),
                request.keys(),
                request.organize(),
                parallelism.partitions())
            .flatMap(patient -> patient.courses().iterator())
            .flatMap(course -> regions(course, CourseSource.unnamed(streams)).iterator())
            .collect();
    return UnmappedName.of(seen, request.structures().names());
  }

  /** Structure sets that cannot be read have no names; a run says why. */
  private static Stream<UnmappedName.Seen> regions(Course course, CourseSource source) {
    CourseData data = source.of(course);
    List<Roi> rois = new ArrayList<>();
    for (InstanceHeader header : course.objects().structureSets()) {
      structureSet(header, data::structureSet).forEach(set -> rois.addAll(set.rois()));
    }
    for (InstanceHeader header : course.objects().segmentations()) {
      structureSet(header, data::segmentation).forEach(set -> rois.addAll(set.rois()));
    }
    return rois.stream()
        .map(roi -> new UnmappedName.Seen(course.id().key(), course.patientId(), roi.name()));
  }

  private static List<StructureSet> structureSet(
      InstanceHeader header, ReadObjects.Reader<StructureSet> reader) {
    try {
      return List.of(reader.read(header));
    } catch (CourseDataException unreadable) {
      return List.of();
    }
  }

  /**
   * The names of earlier runs that the maps of now do not know. A name that a map for a patient
   * gave stays known: the tables may hold no patient ids.
   *
   * @throws InputException when the output has no table of names
   */
  public static List<UnmappedName> ofOutput(SparkEngine engine, String outputUri, NameMaps maps)
      throws InputException {
    TableStore store =
        new TableStore(
            engine.context(), outputUri, engine.parallelism().partitions(), PatientIds.kept());
    StoredTable table =
        store
            .stored(StructureNameRow.SCHEMA.name())
            .orElseThrow(
                () ->
                    new InputException(
                        "output "
                            + outputUri
                            + " holds no table structure_names: run the stage qc first"));
    Map<String, StoredColumn> known = new HashMap<>();
    table.columns().forEach(column -> known.put(column.name(), column));
    List<StoredColumn> wanted =
        COLUMNS.stream().map(known::get).filter(column -> column != null).toList();
    List<UnmappedName.Seen> seen =
        table.rows(wanted).collect().stream()
            .filter(row -> !text(row, wanted, "name_rule").startsWith("patient "))
            .map(
                row ->
                    new UnmappedName.Seen(
                        text(row, wanted, "course_key"),
                        text(row, wanted, "patient_id"),
                        text(row, wanted, "roi_name")))
            .toList();
    return UnmappedName.of(seen, maps);
  }

  /** The text of a cell; empty when the table has no such column or no such cell. */
  private static String text(StoredRow row, List<StoredColumn> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        @Nullable Object cell = row.cell(i);
        return cell == null ? "" : cell.toString();
      }
    }
    return "";
  }
}
