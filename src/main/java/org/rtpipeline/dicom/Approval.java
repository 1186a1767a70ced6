package org.rtpipeline.dicom;

import org.jspecify.annotations.Nullable;

/** Adds the approval module (PS3.3 C.8.8.16) to objects that are written. */
final class Approval {

  private static final String UNAPPROVED = "UNAPPROVED";

  private Approval() {}

  /** Who reviewed is left empty: staff are nowhere named. */
  static void add(DicomObject.Builder object, @Nullable String status, SeriesContext series) {
    String given = status == null ? UNAPPROVED : status;
    object.text(Tags.APPROVAL_STATUS, given);
    if (!given.equals(UNAPPROVED)) {
      object
          .text(Tags.REVIEW_DATE, ObjectHead.date(series.made().toLocalDate()))
          .text(Tags.REVIEW_TIME, ObjectHead.time(series.made().toLocalTime()))
          .empty(Tags.REVIEWER_NAME);
    }
  }
}
