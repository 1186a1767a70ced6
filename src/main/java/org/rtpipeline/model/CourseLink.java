package org.rtpipeline.model;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Why one object, or one image series, is in its course.
 *
 * @param subject what is linked
 * @param uid SOP instance UID of the object, or series instance UID of the images
 * @param rule what led to the course
 * @param through the UID, study, frame of reference or folder that led there; empty when the object
 *     makes the course
 * @param seriesClass what images are for; null for other objects
 * @param note how the class of images, or the choice among several courses, came about; empty when
 *     there is nothing to say
 */
public record CourseLink(
    Subject subject,
    String uid,
    Rule rule,
    String through,
    @Nullable SeriesClass seriesClass,
    String note)
    implements Serializable {

  /** What is linked. */
  public enum Subject {
    STRUCTURE_SET,
    DOSE,
    PLAN,
    RECORD,
    REGISTRATION,
    SEGMENTATION,
    IMAGE_SERIES
  }

  /** What led to a course, strongest first. */
  public enum Rule {
    /** It makes the course: nothing else had to lead to it. */
    ANCHOR,
    /** A UID reference of the object, or to it. */
    REFERENCE,
    /** The study that the merge rule calls one course. */
    MERGE_STUDY,
    /** The frame of reference that the merge rule calls one course. */
    MERGE_FRAME,
    /** A registration of the course names its frame of reference, its series or its images. */
    REGISTRATION,
    /** Study and frame of reference of the course. */
    STUDY_AND_FRAME,
    /** The frame of reference (0020,0052) of the course. */
    FRAME_OF_REFERENCE,
    /** The study (0020,000D) of the course. */
    STUDY,
    /** The folder that the files of the course lie in. */
    FOLDER
  }
}
