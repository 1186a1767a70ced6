package org.rtpipeline.images;

import java.io.IOException;

/** A file that is not a readable NIfTI-1 or NRRD image; the message says what was expected. */
public final class ImageFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  ImageFormatException(String message) {
    super(message);
  }
}
