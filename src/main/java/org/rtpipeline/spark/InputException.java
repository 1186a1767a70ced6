package org.rtpipeline.spark;

/** The input of a run cannot be used at all: absent, or not readable. */
public final class InputException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Says which input, and why. */
  public InputException(String message) {
    super(message);
  }
}
