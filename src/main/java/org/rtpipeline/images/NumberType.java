package org.rtpipeline.images;

import java.nio.ByteBuffer;

/** How one number of a file is stored. */
enum NumberType {
  INT8(1),
  UINT8(1),
  INT16(2),
  UINT16(2),
  INT32(4),
  UINT32(4),
  FLOAT32(4),
  FLOAT64(8);

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
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
