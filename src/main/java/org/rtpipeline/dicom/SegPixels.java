package org.rtpipeline.dicom;

import java.util.Locale;
import java.util.Optional;
import org.rtpipeline.model.Finding;

/** Pixels of a segmentation object, frame by frame: bits, or shares that count from one on. */
interface SegPixels {

  /**
   * Adds a frame to a mask.
   *
   * @param mask 1 inside
   * @param at index of the first voxel of the plane in the mask
   */
  void mark(int frame, byte[] mask, int at) throws DicomException;

  /**
   * The pixels of an object, checked for number and kind.
   *
   * @param fractionThreshold share of the largest value from which a voxel is inside
   */
  static SegPixels of(String path, DicomObject object, double fractionThreshold)
      throws DicomException {
    String type = object.text(Tags.SEGMENTATION_TYPE).orElse("");
    return switch (type) {
      case "BINARY" -> bits(path, object);
      case "FRACTIONAL" -> shares(path, object, fractionThreshold);
      default ->
          throw fault(
              Finding.Code.UNSUPPORTED_PIXEL_FORMAT,
              path,
              "segmentation type (0062,0001) is "
                  + type
                  + ", expected BINARY, FRACTIONAL or LABELMAP");
    };
  }

  private static SegPixels bits(String path, DicomObject object) throws DicomException {
    long samples =
        (long) object.integer(Tags.ROWS).orElse(0) * object.integer(Tags.COLUMNS).orElse(0);
    long frames = object.integer(Tags.NUMBER_OF_FRAMES).orElse(0);
    byte[] packed = object.bytes(Tags.PIXEL_DATA);
    int allocated = object.integer(Tags.BITS_ALLOCATED).orElse(0);
    if (allocated != 1) {
      throw fault(
          Finding.Code.UNSUPPORTED_PIXEL_FORMAT,
          path,
          "bits allocated is " + allocated + " in a BINARY segmentation, expected 1");
    }
    if (!object.fragments(Tags.PIXEL_DATA).isEmpty()) {
      throw fault(
          Finding.Code.UNSUPPORTED_TRANSFER_SYNTAX,
          path,
          "bits in transfer syntax " + object.transferSyntaxUid());
    }
    if (8L * packed.length < samples * frames) {
      throw fault(
          Finding.Code.TRUNCATED_PIXEL_DATA,
          path,
          String.format(
              Locale.ROOT,
              "pixel data hold %d bits, expected %d",
              8L * packed.length,
              samples * frames));
    }
    return (frame, mask, at) -> {
      long bit = frame * samples;
      for (int i = 0; i < samples; i++, bit++) {
        mask[at + i] |= (byte) (packed[(int) (bit >> 3)] >> (bit & 7) & 1);
      }
    };
  }

  private static SegPixels shares(String path, DicomObject object, double threshold)
      throws DicomException {
    PixelFrames frames = PixelFrames.of(path, object);
    Optional<Integer> most =
        object.integer(Tags.MAXIMUM_FRACTIONAL_VALUE).stream().boxed().findFirst();
    double lowest = threshold * most.orElse(255);
    int samples = frames.format().samples();
    float[] values = new float[samples];
    return (frame, mask, at) -> {
      frames.rescale(frame, 1, 0, values, 0);
      for (int i = 0; i < samples; i++) {
        if (values[i] >= lowest) {
          mask[at + i] = 1;
        }
      }
    };
  }

  private static DicomException fault(Finding.Code code, String path, String message) {
    return new DicomException(code, path, DicomException.NO_OFFSET, message);
  }
}
