package org.rtpipeline.segmentation;

import java.io.Serializable;
import org.rtpipeline.model.LabelMap;

/**
 * A way of finding structures in an image. A back end travels to the executors with its options;
 * what it loads there, models or processes, is no part of it.
 */
public interface SegmentationBackEnd extends Serializable {

  /** Name of the back end and, where it has one, of its model: {@code classical}. */
  String name();

  /** Version of the method or model, for descriptions of structures and objects. */
  String version();

  /** SHA-256, in hexadecimal, of all that decides the labels: method, version, weights, options. */
  String digest();

  /** What it computes on; the caller hands it one such device with each image. */
  Device.Kind deviceKind();

  /** Whether structures that are known of the image before change what it finds. */
  default boolean anchorsOnKnown() {
    return false;
  }

  /**
   * The structures of an image, on the grid of the image. Runs on the calling thread; where it
   * waits for another program, an interrupt ends it.
   *
   * @param device of the kind this back end asks for
   * @throws SegmentationException when there is no usable result; never a half one
   */
  LabelMap segment(SegmentationInput input, Device device) throws SegmentationException;
}
