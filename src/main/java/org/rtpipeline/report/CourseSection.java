package org.rtpipeline.report;

import java.io.Serializable;
import java.util.List;

/**
 * The part of the report about one course.
 *
 * @param place where it stands
 * @param charts one per structure set and dose
 */
record CourseSection(CoursePlace place, List<Chart> charts) implements Serializable {

  CourseSection {
    charts = List.copyOf(charts);
  }

  /**
   * Curves and numbers of one structure set on one dose.
   *
   * @param facts what was used and assumed
   * @param regions in order of number
   * @param constraints judged on the regions, those that do not hold first
   * @param dataJson curves as JSON, numbers only
   */
  record Chart(
      List<Fact> facts, List<Region> regions, List<JudgedConstraint> constraints, String dataJson)
      implements Serializable {
    Chart {
      facts = List.copyOf(facts);
      regions = List.copyOf(regions);
      constraints = List.copyOf(constraints);
    }
  }

  /**
   * A dose constraint judged on a region.
   *
   * @param region name of the region
   * @param verdict in words
   * @param style class of the verdict's cell
   * @param constraint metric, bound and limit
   * @param value the metric with its unit, or a dash
   * @param endpoint what it protects from
   * @param source the set and where the limit is published
   * @param note why nothing could be said
   */
  record JudgedConstraint(
      String region,
      String verdict,
      String style,
      String constraint,
      String value,
      String endpoint,
      String source,
      String note)
      implements Serializable {}

  /**
   * What was used or assumed.
   *
   * @param name such as Dose
   * @param text one sentence
   */
  record Fact(String name, String text) implements Serializable {}

  /**
   * One region.
   *
   * @param name as in the structure set
   * @param type interpreted type; blank for none
   * @param line how its curve is drawn
   * @param cells numbers as text, in the order of {@link ReportMeasure#ALL}
   * @param note why a number is missing, or what else a reader must know
   */
  record Region(String name, String type, LineStyle line, List<String> cells, String note)
      implements Serializable {
    Region {
      cells = List.copyOf(cells);
    }
  }
}
