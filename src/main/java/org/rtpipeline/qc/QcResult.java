package org.rtpipeline.qc;

import java.io.Serializable;

/**
 * How one check of one object ended.
 *
 * @param check what was checked
 * @param level how it ended
 * @param subject SOP instance UID, series UID or {@code UID#ROI number}; the course key for the
 *     course as a whole, with # and a region of the body for its landmarks
 * @param value what was seen
 * @param expected what would have passed; empty where nothing is expected
 */
public record QcResult(QcCheck check, QcLevel level, String subject, String value, String expected)
    implements Serializable {

  /** The one result of a course that cannot be checked. */
  public static QcResult ofCourse(String courseKey, String why) {
    return notEvaluated(QcCheck.OBJECTS_PRESENT, courseKey, why);
  }

  /** A check that has nothing to look at. */
  static QcResult notEvaluated(QcCheck check, String subject, String why) {
    return new QcResult(check, QcLevel.NOT_EVALUATED, subject, why, "");
  }
}
