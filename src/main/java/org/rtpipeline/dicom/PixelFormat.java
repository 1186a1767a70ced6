package org.rtpipeline.dicom;

import java.util.Locale;
import java.util.Optional;
import org.rtpipeline.model.Finding;

/**
 * Shape and meaning of the samples of one grey frame (PS3.3 C.7.6.3).
 *
 * @param rows of a frame
 * @param columns of a frame
 * @param frames of the object
 * @param sampleBytes 1, 2 or 4
 * @param bitsStored bits of a sample that count, from the lowest
 * @param isSigned two's complement
 */
record PixelFormat(
    int rows, int columns, int frames, int sampleBytes, int bitsStored, boolean isSigned) {
  private static final int MOST_SAMPLES = 1 << 29;

  /** Samples of one frame. */
  int samples() {
    return rows * columns;
  }

  /** The format an object declares, checked before anything is allocated. */
  static PixelFormat of(String path, DicomObject object) throws DicomException {
    int rows = object.integer(Tags.ROWS).orElse(0);
    int columns = object.integer(Tags.COLUMNS).orElse(0);
    int frames = object.integer(Tags.NUMBER_OF_FRAMES).orElse(1);
    int bitsAllocated = object.integer(Tags.BITS_ALLOCATED).orElse(0);
    int bitsStored = object.integer(Tags.BITS_STORED).orElse(bitsAllocated);
    int highBit = object.integer(Tags.HIGH_BIT).orElse(bitsStored - 1);
    int samplesPerPixel = object.integer(Tags.SAMPLES_PER_PIXEL).orElse(1);
    Optional<String> photometric = object.text(Tags.PHOTOMETRIC_INTERPRETATION);
    if (rows < 1 || columns < 1 || frames < 1) {
      throw unsupported(
          path,
          String.format(
              Locale.ROOT, "rows x columns x frames is %d x %d x %d", rows, columns, frames));
    }
    if ((long) rows * columns * frames > MOST_SAMPLES) {
      throw unsupported(
          path,
          String.format(Locale.ROOT, "%d x %d x %d samples are too many", rows, columns, frames));
    }
    if (samplesPerPixel != 1 || photometric.filter(p -> !p.startsWith("MONOCHROME")).isPresent()) {
      throw unsupported(path, "pixels are not grey: " + samplesPerPixel + " samples per pixel");
    }
    if (bitsAllocated != 8 && bitsAllocated != 16 && bitsAllocated != 32) {
      throw unsupported(path, "bits allocated is " + bitsAllocated + ", expected 8, 16 or 32");
    }
    if (bitsStored < 1 || bitsStored > bitsAllocated || highBit != bitsStored - 1) {
      throw unsupported(
          path,
          String.format(
              Locale.ROOT,
              "bits stored is %d of %d, high bit %d",
              bitsStored,
              bitsAllocated,
              highBit));
    }
    return new PixelFormat(
        rows,
        columns,
        frames,
        bitsAllocated / 8,
        bitsStored,
        object.integer(Tags.PIXEL_REPRESENTATION).orElse(0) == 1);
  }

  private static DicomException unsupported(String path, String message) {
    return new DicomException(
        Finding.Code.UNSUPPORTED_PIXEL_FORMAT, path, DicomException.NO_OFFSET, message);
  }
}
