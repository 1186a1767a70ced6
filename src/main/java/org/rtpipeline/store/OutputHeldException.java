package org.rtpipeline.store;

/** Another run holds the output; the message names it and says what to do. */
public final class OutputHeldException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Names the holder. */
  OutputHeldException(String message) {
    super(message);
  }
}
