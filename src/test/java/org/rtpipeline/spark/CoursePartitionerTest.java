package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rtpipeline.model.CourseId;

final class CoursePartitionerTest {

  @Test
  void theDearestPartitionIsTheFirst() {
    Map<CourseId, Long> costs = costs(1, 2, 9);

    CoursePartitioner partitioner = CoursePartitioner.balanced(costs, 2);

    assertThat(partitioner.getPartition(new CourseId("c2"))).isZero();
    assertThat(partitioner.getPartition(new CourseId("c0"))).isEqualTo(1);
    assertThat(partitioner.getPartition(new CourseId("c1"))).isEqualTo(1);
    assertThat(partitioner.heaviestShare(costs)).isCloseTo(1.5, within(1e-9));
  }

  @Test
  void equalCoursesAreSpreadEvenly() {
    CoursePartitioner partitioner = CoursePartitioner.balanced(costs(0, 0, 0, 0, 0, 0), 3);

    for (int p = 0; p < 3; p++) {
      int place = p;
      long courses =
          costs(0, 0, 0, 0, 0, 0).keySet().stream()
              .filter(c -> partitioner.getPartition(c) == place)
              .count();
      assertThat(courses).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theOrderOfCoursesNeverShows(long seed) {
    Map<CourseId, Long> costs = costs(5, 5, 3, 8, 1, 1, 1, 13, 2, 2);
    List<CourseId> shuffled = new ArrayList<>(costs.keySet());
    Collections.shuffle(shuffled, new Random(seed));
    Map<CourseId, Long> other = new LinkedHashMap<>();
    shuffled.forEach(c -> other.put(c, costs.getOrDefault(c, 0L)));

    assertThat(CoursePartitioner.balanced(other, 4))
        .isEqualTo(CoursePartitioner.balanced(costs, 4))
        .hasSameHashCodeAs(CoursePartitioner.balanced(costs, 4));
  }

  @Test
  void noPartitionIsMuchDearerThanTheMean() {
    Map<CourseId, Long> costs = new HashMap<>();
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      costs.put(new CourseId("c" + i), (long) (1e6 * Math.exp(random.nextGaussian())));
    }

    assertThat(CoursePartitioner.balanced(costs, 28).heaviestShare(costs)).isLessThan(1.01);
  }

  @Test
  void anUnknownCourseIsRefused() {
    CoursePartitioner partitioner = CoursePartitioner.balanced(costs(1), 1);

    assertThatThrownBy(() -> partitioner.getPartition(new CourseId("other")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CoursePartitioner.balanced(costs(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Map<CourseId, Long> costs(long... each) {
    Map<CourseId, Long> costs = new HashMap<>();
    for (int i = 0; i < each.length; i++) {
      costs.put(new CourseId("c" + i), each[i]);
    }
    return costs;
  }
}
