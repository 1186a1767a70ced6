package org.rtpipeline.report;

import java.io.Serializable;
import java.util.List;

/**
 * What the report says of the cohort, before its courses.
 *
 * @param files what became of the files
 * @param courses what became of the courses
 * @param regions what became of the regions
 * @param constraints what became of the dose constraints; empty when none were judged
 * @param stops stages that are not done, the first ones
 * @param stopsLeftOut sentence on those that are not listed; blank when all are
 * @param findings one line per code and level, worst first
 * @param assumptions what all numbers rest on
 * @param radiomics what became of the regions of each kind of image
 * @param coursesShown sentence on the courses whose curves follow
 */
record ReportSummary(
    List<Count> files,
    List<Count> courses,
    List<Count> regions,
    List<Count> constraints,
    List<Stop> stops,
    String stopsLeftOut,
    List<FindingLine> findings,
    List<CourseSection.Fact> assumptions,
    List<RadiomicsLine> radiomics,
    String coursesShown)
    implements Serializable {

  ReportSummary {
    files = List.copyOf(files);
    courses = List.copyOf(courses);
    regions = List.copyOf(regions);
    constraints = List.copyOf(constraints);
    stops = List.copyOf(stops);
    findings = List.copyOf(findings);
    assumptions = List.copyOf(assumptions);
    radiomics = List.copyOf(radiomics);
  }

  /**
   * The regions of one kind of image and one set of parameters.
   *
   * @param modality of the image
   * @param parameters name of the set
   * @param reason why they have no features; blank when they have
   * @param regions how many, with separators
   */
  record RadiomicsLine(String modality, String parameters, String reason, String regions)
      implements Serializable {}

  /**
   * A number of things.
   *
   * @param name what is counted
   * @param count how many, with separators
   */
  record Count(String name, String count) implements Serializable {}

  /**
   * A stage of a course that is not done.
   *
   * @param place the course
   * @param stage the stage
   * @param outcome what became of it
   * @param reason why
   */
  record Stop(CoursePlace place, String stage, String outcome, String reason)
      implements Serializable {}

  /**
   * All findings of one code and level.
   *
   * @param code stable name
   * @param effect what follows
   * @param count how many, with separators
   * @param subject what the example is about
   * @param message what the example says
   */
  record FindingLine(String code, String effect, String count, String subject, String message)
      implements Serializable {}
}
