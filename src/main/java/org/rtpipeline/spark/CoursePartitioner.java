package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.Partitioner;
import org.rtpipeline.model.CourseId;

/**
 * Puts courses into a fixed number of partitions of about equal cost: the dearest course first,
 * each to the partition with the least cost so far (Graham 1969, LPT). Partition 0 is the dearest,
 * so it starts first. Ties go by course key: equal courses always lie the same way.
 */
public final class CoursePartitioner extends Partitioner {

  private static final long serialVersionUID = 1L;

  private final int partitions;
  private final HashMap<CourseId, Integer> placeOf;

  private CoursePartitioner(int partitions, Map<CourseId, Integer> placeOf) {
    this.partitions = partitions;
    this.placeOf = new HashMap<>(placeOf);
  }

  /**
   * Balances the courses.
   *
   * @param costs estimated cost of each course, any unit, 0 or more
   * @param partitions number of partitions, at least 1
   */
  public static CoursePartitioner balanced(Map<CourseId, Long> costs, int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions is " + partitions + ", expected 1 or more");
    }
    List<Map.Entry<CourseId, Long>> dearestFirst = new ArrayList<>(costs.entrySet());
    dearestFirst.sort(
        Map.Entry.<CourseId, Long>comparingByValue()
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    long[] load = new long[partitions];
    int[] count = new int[partitions];
    HashMap<CourseId, Integer> placeOf = new HashMap<>();
    for (Map.Entry<CourseId, Long> course : dearestFirst) {
      int least = least(load, count);
      load[least] += course.getValue();
      count[least]++;
      placeOf.put(course.getKey(), least);
    }
    int[] rank = ranks(load);
    placeOf.replaceAll((course, place) -> rank[place]);
    return new CoursePartitioner(partitions, placeOf);
  }

  /** The partition with the least load; among equals the one with fewer courses, then the first. */
  private static int least(long[] load, int[] count) {
    int least = 0;
    for (int i = 1; i < load.length; i++) {
      if (load[i] < load[least] || (load[i] == load[least] && count[i] < count[least])) {
        least = i;
      }
    }
    return least;
  }

  /** The place of each partition when the dearest comes first; stable. */
  private static int[] ranks(long[] load) {
    Integer[] order = new Integer[load.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingLong((Integer i) -> load[i]).reversed());
    int[] rank = new int[load.length];
    for (int place = 0; place < order.length; place++) {
      rank[order[place]] = place;
    }
    return rank;
  }

  /** Cost of the dearest partition over the mean of all, 1 or more; 0 when nothing costs. */
  public double heaviestShare(Map<CourseId, Long> costs) {
    long[] load = new long[partitions];
    costs.forEach((course, cost) -> load[getPartition(course)] += cost);
    double mean = (double) Arrays.stream(load).sum() / partitions;
    return mean > 0 ? Arrays.stream(load).max().orElse(0) / mean : 0;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    if (key instanceof CourseId course) {
      Integer place = placeOf.get(course);
      if (place != null) {
        return place;
      }
    }
    throw new IllegalArgumentException("no course of this run: " + key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CoursePartitioner that
        && partitions == that.partitions
        && placeOf.equals(that.placeOf);
  }

  @Override
  public int hashCode() {
    return Objects.hash(partitions, placeOf);
  }
}
