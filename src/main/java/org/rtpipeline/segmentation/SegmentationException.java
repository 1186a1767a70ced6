package org.rtpipeline.segmentation;

import org.rtpipeline.model.Finding;

/** A back end could not segment an image; the finding says why. */
public final class SegmentationException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Finding finding;

  /** Carries the finding to the place that turns it into an outcome. */
  public SegmentationException(Finding finding) {
    super(finding.code() + " " + finding.subject() + ": " + finding.message());
    this.finding = finding;
  }

  /**
   * A failure about one course.
   *
   * @param level SKIP_STAGE when the image cannot be used, FAILED when another try may help
   * @param code stable name of the fact
   * @param input the image
   * @param message what was seen and what was expected
   */
  public static SegmentationException of(
      Finding.Level level, Finding.Code code, SegmentationInput input, String message) {
    return new SegmentationException(new Finding(level, code, input.course().key(), message));
  }

  /** Why there is no segmentation. */
  public Finding finding() {
    return finding;
  }
}
