package org.rtpipeline.model;

/** The data of a course, of a stage of it or of one object cannot be used; says why. */
public final class CourseDataException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Finding finding;

  /** Carries the finding to the place that turns it into an outcome. */
  public CourseDataException(Finding finding) {
    super(finding.code() + " " + finding.subject() + ": " + finding.message());
    this.finding = finding;
  }

  /** Why the data cannot be used. */
  public Finding finding() {
    return finding;
  }
}
