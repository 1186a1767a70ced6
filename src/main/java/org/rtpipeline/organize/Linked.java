package org.rtpipeline.organize;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rtpipeline.model.CourseLink;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;

/**
 * The objects of a patient, in groups.
 *
 * @param groups one per course, in ascending order of rule
 * @param leftOut objects that nothing links to a course
 */
record Linked(List<Group> groups, List<LeftOut> leftOut) {

  /**
   * One course to be.
   *
   * @param rule what makes it one course
   * @param objects everything but images, in ascending order of SOP instance UID
   * @param series image series, in ascending order of UID
   * @param findings how weaker evidence was used
   * @param ways what led here, by name of object or series
   */
  record Group(
      String rule,
      Collection<InstanceHeader> objects,
      Collection<ImageSeries> series,
      Collection<Finding> findings,
      Map<String, Placement.Way> ways) {

    static Group empty() {
      return new Group(
          "", new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
    }

    Group withRule(String newRule) {
      return new Group(newRule, objects, series, findings, ways);
    }

    /** True when something was led here by that rule. */
    boolean isLinkedBy(String name, CourseLink.Rule linkRule) {
      Placement.Way way = ways.get(name);
      return way != null && way.rule() == linkRule;
    }

    Stream<InstanceHeader> of(Class<? extends ObjectFacts> facts) {
      return objects.stream().filter(h -> facts.isInstance(h.facts()));
    }
  }
}
