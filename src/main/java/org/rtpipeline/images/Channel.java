package org.rtpipeline.images;

import java.nio.ByteBuffer;

/**
 * Which number of a voxel is read where it has several.
 *
 * @param number from 0; negative where a voxel must have one number
 */
record Channel(int number) {

  /** Voxels must have one number. */
  static final Channel ONLY = new Channel(-1);

  /**
   * The bytes of this channel, one voxel after the other, in the same order of bytes.
   *
   * @param from all numbers
   * @param start first byte
   * @param type how one number is stored
   * @param channels numbers of a voxel
   * @param apart numbers between two channels of a voxel: 1 where they lie side by side
   * @param voxels of the image
   * @throws ImageFormatException when there is no such channel
   */
  ByteBuffer of(ByteBuffer from, int start, NumberType type, int channels, int apart, int voxels)
      throws ImageFormatException {
    if (number < 0) {
      throw new ImageFormatException(channels + " numbers a voxel, expected one");
    }
    if (number >= channels) {
      throw new ImageFormatException(
          "no channel " + number + ", there are " + channels + ", counted from 0");
    }
    ByteBuffer out = ByteBuffer.allocate(voxels * type.bytes()).order(from.order());
    for (int i = 0; i < voxels; i++) {
      long at = (long) (i / apart) * apart * channels + (long) number * apart + i % apart;
      out.put(i * type.bytes(), from, Math.toIntExact(start + at * type.bytes()), type.bytes());
    }
    return out;
  }
}
