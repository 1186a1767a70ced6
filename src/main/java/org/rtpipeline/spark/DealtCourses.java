package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.Partition;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import scala.Option;

/**
 * Courses one by one, each in a partition of its own, the dearest first. Jobs take the courses they
 * are about from here without moving any of them again.
 */
final class DealtCourses {

  private final JavaRDD<Course> dealt;
  private final Map<CourseId, Long> costs;
  private final CoursePartitioner places;

  private DealtCourses(JavaRDD<Course> dealt, Map<CourseId, Long> costs, CoursePartitioner places) {
    this.dealt = dealt;
    this.costs = costs;
    this.places = places;
  }

  /** Deals courses; nothing runs before asked. */
  static DealtCourses of(JavaRDD<Course> courses, Map<CourseId, Long> costs) {
    CoursePartitioner places = CoursePartitioner.balanced(costs, Math.max(1, costs.size()));
    return new DealtCourses(Courses.partitioned(courses, places), costs, places);
  }

  /** Deals them now, so that no later job does it beside others. */
  DealtCourses settled() {
    if (count() > 0) {
      JavaRDD<Course> first = some(Set.of(costs.keySet().iterator().next()), 1);
      first.count();
    }
    return this;
  }

  /** All of them, one in a partition. */
  JavaRDD<Course> all() {
    return dealt;
  }

  /** How many there are. */
  int count() {
    return costs.size();
  }

  /**
   * Some of them, in partitions of about equal cost.
   *
   * @param partitions at least 1
   */
  JavaRDD<Course> some(Set<CourseId> wanted, int partitions) {
    Map<CourseId, Long> costsOfSome = new HashMap<>(costs);
    costsOfSome.keySet().retainAll(wanted);
    CoursePartitioner balanced =
        CoursePartitioner.balanced(costsOfSome, Math.min(partitions, costsOfSome.size()));
    TreeMap<Integer, Integer> groupOf = new TreeMap<>();
    costsOfSome
        .keySet()
        .forEach(id -> groupOf.put(places.getPartition(id), balanced.getPartition(id)));
    return dealt
        .rdd()
        .coalesce(
            balanced.numPartitions(),
            false,
            Option.apply(new Groups(groupOf, balanced.numPartitions())),
            null)
        .toJavaRDD();
  }

  /**
   * The partitions of some courses, put together in groups.
   *
   * @param groupOf group of each place that is wanted
   */
  private record Groups(TreeMap<Integer, Integer> groupOf, int groups)
      implements PartitionCoalescer, Serializable {
    @Override
    public PartitionGroup[] coalesce(int most, RDD<?> courses) {
      Partition[] places = courses.partitions();
      List<PartitionGroup> all = new ArrayList<>();
      for (int group = 0; group < groups; group++) {
        all.add(new PartitionGroup(Option.empty()));
      }
      groupOf.forEach((place, group) -> all.get(group).partitions().append(places[place]));
      return all.toArray(PartitionGroup[]::new);
    }
  }
}
