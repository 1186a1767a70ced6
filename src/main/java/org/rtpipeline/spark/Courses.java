package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.organize.CourseKeys;
import org.rtpipeline.organize.OrganizeOptions;
import org.rtpipeline.organize.Organizer;
import org.rtpipeline.organize.PatientCourses;
import org.rtpipeline.store.Packed;
import scala.Tuple2;

/** Courses as an RDD: formed patient by patient, then laid out by cost. */
public final class Courses {

  private Courses() {}

  /**
   * The courses of every patient, and the objects in none; nothing runs before asked.
   *
   * @param files every file of the input, in any order
   */
  public static JavaRDD<PatientCourses> organize(
      JavaRDD<ScannedFile> files, CourseKeys keys, OrganizeOptions options, int partitions) {
    return files
        .filter(file -> file.use() == ScannedFile.Use.USED)
        .map(file -> Objects.requireNonNull(file.header()))
        .mapToPair(header -> new Tuple2<>(patient(header), Packed.of(InstanceHeader.class, header)))
        .groupByKey(partitions)
        .map(patient -> organize(patient._2(), keys, options));
  }

  /** Objects without patient ID count as one patient per study. */
  private static String patient(InstanceHeader header) {
    return header.patientId().isBlank()
        ? "study\n" + header.studyUid()
        : "patient\n" + header.patientId();
  }

  private static PatientCourses organize(
      Iterable<Packed<InstanceHeader>> headers, CourseKeys keys, OrganizeOptions options) {
    List<InstanceHeader> all = new ArrayList<>();
    headers.forEach(header -> all.add(header.opened()));
    return Organizer.organize(all.get(0).patientId(), all, keys, options);
  }

  /** The courses that a filter keeps. */
  static JavaRDD<Course> selected(JavaRDD<PatientCourses> patients, CourseFilter filter) {
    return patients.flatMap(p -> p.courses().iterator()).filter(filter::includes);
  }

  /** Estimated cost of every course. */
  static Map<CourseId, Long> costs(JavaRDD<Course> courses) {
    Map<CourseId, Long> costs = new HashMap<>();
    for (Costed costed :
        courses.map(course -> new Costed(CourseCost.of(course), course.id())).collect()) {
      if (costs.put(costed.id(), costed.cost()) != null) {
        throw new IllegalStateException("two courses have the key " + costed.id());
      }
    }
    return costs;
  }

  /** The courses in partitions of about equal cost, the dearest of each partition first. */
  public static JavaRDD<Course> partitioned(
      JavaRDD<Course> courses, CoursePartitioner partitioner) {
    return courses
        .mapToPair(
            course ->
                new Tuple2<>(
                    new Costed(CourseCost.of(course), course.id()),
                    Packed.of(Course.class, course)))
        .repartitionAndSortWithinPartitions(new ByCourse(partitioner))
        .values()
        .map(Packed::opened);
  }

  /** A course and its cost, the dearest first. */
  private record Costed(long cost, CourseId id) implements Serializable, Comparable<Costed> {
    @Override
    public int compareTo(Costed other) {
      int byCost = Long.compare(other.cost, cost);
      return byCost != 0 ? byCost : id.compareTo(other.id);
    }
  }

  /** The place of a costed course is that of its course. */
  private static final class ByCourse extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final CoursePartitioner courses;

    ByCourse(CoursePartitioner courses) {
      this.courses = courses;
    }

    @Override
    public int numPartitions() {
      return courses.numPartitions();
    }

    @Override
    public int getPartition(Object key) {
      return courses.getPartition(key instanceof Costed costed ? costed.id() : key);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByCourse that && courses.equals(that.courses);
    }

    @Override
    public int hashCode() {
      return courses.hashCode();
    }
  }
}
