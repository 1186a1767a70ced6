package org.rtpipeline.images;

import java.nio.ByteBuffer;

/** How one number of a file is stored. */
enum NumberType {
  INT8(1, Byte.MIN_VALUE, Byte.MAX_VALUE),
  UINT8(1, 0, 255),
  INT16(2, Short.MIN_VALUE, Short.MAX_VALUE),
  UINT16(2, 0, 65_535),
  INT32(4, Integer.MIN_VALUE, Integer.MAX_VALUE),
  UINT32(4, 0, 4_294_967_295.0),
  FLOAT32(4, -Float.MAX_VALUE, Float.MAX_VALUE),
  FLOAT64(8, -Double.MAX_VALUE, Double.MAX_VALUE);

  private final int bytes;
  private final double least;
  private final double greatest;

  NumberType(int bytes, double least, double greatest) {
    this.bytes = bytes;
    this.least = least;
    this.greatest = greatest;
  }

  double least() {
    return least;
  }

  double greatest() {
    return greatest;
  }

  int bytes() {
    return bytes;
  }

  StoredImage.Numbers numbers() {
    return this == FLOAT32 || this == FLOAT64
        ? StoredImage.Numbers.REAL
        : StoredImage.Numbers.WHOLE;
  }

  double read(ByteBuffer from, int at) {
    return switch (this) {
      case INT8 -> from.get(at);
      case UINT8 -> from.get(at) & 0xff;
      case INT16 -> from.getShort(at);
      case UINT16 -> from.getShort(at) & 0xffff;
      case INT32 -> from.getInt(at);
      case UINT32 -> from.getInt(at) & 0xffffffffL;
      case FLOAT32 -> from.getFloat(at);
      case FLOAT64 -> from.getDouble(at);
    };
  }

  /** Whether single precision holds every number of this kind. */
  boolean isSingle() {
    return this != INT32 && this != UINT32 && this != FLOAT64;
  }

  /** All numbers of a buffer from a position on, in double precision. */
  double[] readAll(ByteBuffer from, int start, int count) {
    double[] out = new double[count];
    for (int i = 0; i < count; i++) {
      out[i] = read(from, start + i * bytes);
    }
    return out;
  }

  /** All numbers of a buffer from a position on, times a slope, plus an intercept. */
  float[] readAll(ByteBuffer from, int start, int count, double slope, double intercept) {
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      double value = read(from, start + i * bytes);
      out[i] = (float) (value * slope + intercept);
    }
    return out;
  }
}
