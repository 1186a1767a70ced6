package org.rtpipeline.dicom;

import java.io.IOException;
import org.rtpipeline.model.Finding;

/** A fault in the bytes of a data set, before the file it lies in is named. */
final class ParseFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final Finding.Code code;
  private final long offset;

  ParseFailure(Finding.Code code, long offset, String message) {
    super(message);
    this.code = code;
    this.offset = offset;
  }

  Finding.Code code() {
    return code;
  }

  /** Byte from the first element of the data set. */
  long offset() {
    return offset;
  }

  /** What was wrong. */
  String reason() {
    String message = getMessage();
    return message == null ? code.name() : message;
  }
}
