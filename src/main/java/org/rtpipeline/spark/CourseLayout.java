package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseId;
import scala.Tuple2;

/**
 * How the courses of a pass lie in its partitions. A course dearer than one partition's part of the
 * whole is cut: its regions are computed in shares, side by side, and the pass itself finds them
 * computed. The pass is the same for every course, so its results are those of a course that is not
 * cut. No course is cut where the pass makes structures.
 */
final class CourseLayout {

  /** A cheaper course is never cut, since every share reads the objects anew; as course costs. */
  private static final long WORTH_CUTTING = 64L << 20;

  private final CoursePartitioner partitioner;
  private final Map<CourseId, Integer> shares;

  private CourseLayout(CoursePartitioner partitioner, Map<CourseId, Integer> shares) {
    this.partitioner = partitioner;
    this.shares = shares;
  }

  /**
   * The layout for stages.
   *
   * @param costs estimated cost of each course
   * @param partitions number of partitions, at least 1
   */
  static CourseLayout of(
      Map<CourseId, Long> costs, int partitions, List<CourseStage<StageRows>> stages) {
    return of(costs, partitions, stages, WORTH_CUTTING);
  }

  static CourseLayout of(
      Map<CourseId, Long> costs,
      int partitions,
      List<CourseStage<StageRows>> stages,
      long worthCutting) {
    Map<CourseId, Integer> shares = new TreeMap<>();
    Map<CourseId, Long> costsOfPass = new HashMap<>(costs);
    if (areCuttable(stages)) {
      double part = (double) costs.values().stream().mapToLong(Long::longValue).sum() / partitions;
      costs.forEach(
          (course, cost) -> {
            if (cost > part && cost >= worthCutting) {
              int count = (int) Math.ceil(cost / part);
              shares.put(course, count);
              costsOfPass.put(course, cost / count);
            }
          });
    }
    return new CourseLayout(CoursePartitioner.balanced(costsOfPass, partitions), shares);
  }

  /** What later stages make of a course depends on structures that the pass makes, if any. */
  private static boolean areCuttable(List<CourseStage<StageRows>> stages) {
    return stages.stream().anyMatch(CourseStage::isPerRegion)
        && stages.stream().noneMatch(stage -> PassStages.makers().contains(stage.name()));
  }

  /** How many shares each cut course has. */
  Map<CourseId, Integer> shares() {
    return Map.copyOf(shares);
  }

  /** The courses in their partitions. */
  JavaRDD<Course> laidOut(JavaRDD<Course> courses) {
    return Courses.partitioned(courses, partitioner);
  }

  /**
   * The results of every stage for every course; no region is computed before asked.
   *
   * @param courses as this layout has laid them out
   */
  JavaRDD<StageResult<StageRows>> results(
      JavaRDD<Course> courses,
      List<CourseStage<StageRows>> stages,
      CourseSource source,
      OnBug onBug) {
    if (shares.isEmpty()) {
      return Stages.over(courses, stages, source, onBug);
    }
    return courses.zipPartitions(
        regions(courses, stages, source, onBug).partitionBy(partitioner),
        (own, regions) -> {
          Map<CourseId, RegionResults> known = known(regions);
          return new OutcomeIterator<>(
              own,
              stages,
              (PassData)
                  course ->
                      CourseData.knowing(
                          course, source, known.getOrDefault(course.id(), new RegionResults())),
              onBug);
        });
  }

  private static Map<CourseId, RegionResults> known(
      Iterator<Tuple2<CourseId, RegionResults>> regions) {
    Map<CourseId, RegionResults> known = new HashMap<>();
    regions.forEachRemaining(
        part -> known.computeIfAbsent(part._1(), id -> new RegionResults()).add(part._2()));
    return known;
  }

  /** The regions of the cut courses, in no more tasks than the pass has partitions. */
  private JavaPairRDD<CourseId, RegionResults> regions(
      JavaRDD<Course> courses,
      List<CourseStage<StageRows>> stages,
      CourseSource source,
      OnBug onBug) {
    Map<CourseId, Integer> cut = shares();
    List<CourseStage<StageRows>> perRegion = new ArrayList<>(stages);
    perRegion.removeIf(stage -> !stage.isPerRegion());
    List<Tuple2<Course, RegionShare>> parts =
        courses.filter(course -> cut.containsKey(course.id())).collect().stream()
            .flatMap(course -> parts(course, cut.getOrDefault(course.id(), 1)))
            .toList();
    return JavaSparkContext.fromSparkContext(courses.context())
        .parallelize(parts, Math.min(parts.size(), partitioner.numPartitions()))
        .mapToPair(
            part ->
                new Tuple2<>(
                    part._1().id(), regions(part._1(), part._2(), perRegion, source, onBug)));
  }

  private static Stream<Tuple2<Course, RegionShare>> parts(Course course, int count) {
    return IntStream.range(0, count)
        .mapToObj(index -> new Tuple2<>(course, new RegionShare(index, count)));
  }

  /** What the stages compute for a share; what they say of the course is for the pass to say. */
  private static RegionResults regions(
      Course course,
      RegionShare share,
      List<CourseStage<StageRows>> stages,
      CourseSource source,
      OnBug onBug) {
    CourseData data = CourseData.ofShare(course, source, share);
    new OutcomeIterator<>(List.of(course).iterator(), stages, (PassData) only -> data, onBug)
        .forEachRemaining(result -> {});
    return data.regions();
  }
}
