package org.rtpipeline.segmentation.worker;

import org.rtpipeline.model.Finding;

/** A worker did not do what it was asked. */
final class WorkerFault extends Exception {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** Ways in which a worker fails, and what follows. */
  enum Kind {
    /** The address it was given is no device, or not one device. */
    NO_GPU(Finding.Code.GPU_UNAVAILABLE, Answer.FAIL),
    /** Memory of the device ran out. */
    OOM_GPU(Finding.Code.SEGMENTER_OUT_OF_MEMORY, Answer.LADDER),
    /** Memory of the host ran out, or the kernel ended the process. */
    OOM_HOST(Finding.Code.SEGMENTER_OUT_OF_MEMORY, Answer.LADDER),
    /** The image cannot be used by this model. */
    BAD_INPUT(Finding.Code.SEGMENTER_FAILED, Answer.SKIP),
    /** A file of the model is not there. */
    MODEL_MISSING(Finding.Code.MODEL_MISSING, Answer.FAIL),
    /** The model may not be run without a licence. */
    LICENSE(Finding.Code.LICENCE_MISSING, Answer.FAIL),
    /** An error inside the worker. */
    INTERNAL(Finding.Code.SEGMENTER_FAILED, Answer.RETRY),
    /** The program cannot be started, or ends before it says hello. */
    NOT_STARTED(Finding.Code.SEGMENTER_FAILED, Answer.FAIL),
    /** It ended in the middle of an image. */
    CRASH(Finding.Code.SEGMENTER_FAILED, Answer.RETRY),
    /** It said nothing for too long. */
    SILENT(Finding.Code.SEGMENTER_UNRESPONSIVE, Answer.RETRY),
    /** It said that it lives, and got nowhere. */
    STALLED(Finding.Code.SEGMENTER_UNRESPONSIVE, Answer.FAIL),
    /** The image took longer than it may. */
    TIME_LIMIT(Finding.Code.TIME_LIMIT, Answer.FAIL),
    /** It said something that is no message. */
    GARBAGE(Finding.Code.SEGMENTER_PROTOCOL, Answer.RETRY),
    /** The labels it wrote cannot be used. */
    BAD_OUTPUT(Finding.Code.SEGMENTER_OUTPUT_INVALID, Answer.FAIL);

    private final Finding.Code code;
    private final Answer answer;

    Kind(Finding.Code code, Answer answer) {
      this.code = code;
      this.answer = answer;
    }

    Finding.Code code() {
      return code;
    }

    Answer answer() {
      return answer;
    }
  }

  /** What follows from a fault. */
  enum Answer {
    /** The image is not for this model; another try gives the same. */
    SKIP,
    /** The course fails. */
    FAIL,
    /** Once more in a fresh process, then the course fails. */
    RETRY,
    /** The next rung of the ladder. */
    LADDER
  }

  WorkerFault(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
