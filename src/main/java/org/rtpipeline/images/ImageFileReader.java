package org.rtpipeline.images;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads an image file whatever its name: its content says whether it is NRRD or NIfTI-1. */
public final class ImageFileReader {

  private static final String NRRD_MAGIC = "NRRD";

  private ImageFileReader() {}

  /**
   * The image of a stream, which is read to its end.
   *
   * @throws ImageFormatException when the content is neither a NRRD nor a NIfTI-1 image
   */
  public static StoredImage read(InputStream in) throws IOException {
    return read(in, Channel.ONLY);
  }

  /**
   * One channel of the image of a stream, which is read to its end; images of one number a voxel
   * are read whatever the channel.
   *
   * @param channel from 0
   * @throws ImageFormatException when the content is neither a NRRD nor a NIfTI-1 image, or has no
   *     such channel
   */
  public static StoredImage read(InputStream in, int channel) throws IOException {
    return read(in, new Channel(channel));
  }

  private static StoredImage read(InputStream in, Channel channel) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in);
    buffered.mark(NRRD_MAGIC.length());
    String start =
        new String(buffered.readNBytes(NRRD_MAGIC.length()), StandardCharsets.ISO_8859_1);
    buffered.reset();
    try {
      return start.equals(NRRD_MAGIC)
          ? NrrdReader.read(buffered, channel)
          : NiftiReader.read(buffered, channel);
    } catch (ArithmeticException tooLarge) {
      throw new ImageFormatException("the image has more voxels than an array can hold");
    }
  }
}
