package org.rtpipeline.segmentation.onnx;

/** A network or its runtime did not do what was asked; the message says what was expected. */
final class NetworkException extends Exception {

  private static final long serialVersionUID = 1L;

  NetworkException(String message) {
    super(message);
  }

  NetworkException(String message, Throwable cause) {
    super(message, cause);
  }
}
