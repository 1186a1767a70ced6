package org.rtpipeline.segmentation;

import java.io.Serializable;

/**
 * What a back end may compute on.
 *
 * @param kind processor or graphics card
 * @param address of the one card it may see, as CUDA_VISIBLE_DEVICES takes it; empty for none
 */
public record Device(Kind kind, String address) implements Serializable {

  /** The cores of the task alone. */
  public static final Device CPU = new Device(Kind.CPU, "");

  /** Kinds of device. */
  public enum Kind {
    CPU,
    GPU
  }

  /** Refuses a card without address and an address without card. */
  public Device {
    if (address.isBlank() == (kind == Kind.GPU)) {
      throw new IllegalArgumentException("device " + kind + " has the address '" + address + "'");
    }
  }

  /** One graphics card. */
  public static Device gpu(String address) {
    return new Device(Kind.GPU, address);
  }
}
