package org.rtpipeline.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Serializable;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.store.StoredRow;
import org.rtpipeline.store.TableStore;
import scala.Tuple2;

/**
 * Makes the report from the tables. Tasks make the sections of courses; one task writes the page
 * and holds one section at a time.
 */
final class Report {

  private static final String NAME = "report.html";

  private Report() {}

  /** Writes the page into a folder of unfinished files. */
  static ExportFiles.Written write(
      JavaSparkContext spark, TableStore store, int mostCourses, Path folder) {
    SummaryReading reading = new SummaryReading(spark, store);
    JavaRDD<StoredRow> regions =
        reading.rows(DvhMetrics.table(), CourseSections.DVH).filter(CourseSections::isOfRegion);
    JavaRDD<CoursePlace> places = regions.map(CourseSections::place).distinct();
    long courses = places.count();
    List<CoursePlace> shown =
        mostCourses == 0 ? List.of() : places.takeOrdered(mostCourses, Comparator.naturalOrder());
    ReportSummary summary = reading.summary(regions, sentence(shown.size(), courses));
    Broadcast<SerializableConfiguration> hadoop =
        spark.broadcast(new SerializableConfiguration(spark.hadoopConfiguration()));
    return sections(spark, reading, regions, shown, store.partitions())
        .mapToPair(section -> new Tuple2<>(section.place(), section))
        .repartitionAndSortWithinPartitions(new HashPartitioner(1))
        .values()
        .mapPartitions(sections -> written(summary, sections, folder.toString(), hadoop.value()))
        .first();
  }

  private static String sentence(int shown, long courses) {
    if (courses == 0) {
      return "No course has dose and volume.";
    }
    return shown == courses
        ? "All courses with dose and volume are shown."
        : "The first "
            + SummaryReading.grouped(shown)
            + " of "
            + SummaryReading.grouped(courses)
            + " courses with dose and volume are shown, in order of patient and course;"
            + " the numbers of all are in dvh_metrics.";
  }

  private static JavaRDD<CourseSection> sections(
      JavaSparkContext spark,
      SummaryReading reading,
      JavaRDD<StoredRow> regions,
      List<CoursePlace> shown,
      int partitions) {
    Set<String> wanted = new HashSet<>();
    shown.forEach(place -> wanted.add(place.key()));
    Broadcast<Set<String>> keys = spark.broadcast(wanted);
    JavaPairRDD<String, CoursePart> parts =
        byCourse(regions, Part.REGION, CourseSections.DVH, keys)
            .union(
                byCourse(
                    reading.rows("dvh_curves", CourseSections.CURVES),
                    Part.CURVE,
                    CourseSections.CURVES,
                    keys))
            .union(
                byCourse(
                    reading.rows(ConstraintVerdicts.TABLE, ConstraintVerdicts.COLUMNS),
                    Part.CONSTRAINT,
                    ConstraintVerdicts.COLUMNS,
                    keys));
    return parts
        .coalesce(partitions)
        .groupByKey(partitions)
        .map(course -> CourseParts.of(course._2()))
        .filter(course -> !course.regions().isEmpty())
        .map(
            course ->
                CourseSections.of(
                    CourseSections.place(course.regions().get(0)),
                    course.regions(),
                    course.curves(),
                    course.constraints()));
  }

  private static JavaPairRDD<String, CoursePart> byCourse(
      JavaRDD<StoredRow> rows, Part part, ReadColumns columns, Broadcast<Set<String>> keys) {
    return rows.mapToPair(
            row -> new Tuple2<>(columns.text(row, "course_key"), new CoursePart(part, row)))
        .filter(row -> keys.value().contains(row._1()));
  }

  /** Which table a row comes from. */
  private enum Part {
    REGION,
    CURVE,
    CONSTRAINT
  }

  /** A row of a course on its way to the task that writes the course. */
  private record CoursePart(Part part, StoredRow row) implements Serializable {}

  /** The rows of one course, told apart again. */
  private record CourseParts(
      List<StoredRow> regions, List<StoredRow> curves, List<StoredRow> constraints)
      implements Serializable {
    static CourseParts of(Iterable<CoursePart> parts) {
      CourseParts course = new CourseParts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (CoursePart part : parts) {
        List<StoredRow> rows =
            switch (part.part()) {
              case REGION -> course.regions;
              case CURVE -> course.curves;
              case CONSTRAINT -> course.constraints;
            };
        rows.add(part.row());
      }
      return course;
    }
  }

  private static Iterator<ExportFiles.Written> written(
      ReportSummary summary,
      Iterator<CourseSection> sections,
      String folder,
      SerializableConfiguration hadoop)
      throws IOException {
    Path path = new Path(new Path(folder, "report-" + UUID.randomUUID()), NAME);
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                path.getFileSystem(hadoop.value()).create(path, true), StandardCharsets.UTF_8))) {
      new ReportPage().write(summary, sections, out);
    }
    return List.of(new ExportFiles.Written(path.toString(), NAME, List.of())).iterator();
  }
}
