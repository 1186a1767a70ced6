package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.OutputStream;

/** Writes data sets as DICOM files (PS3.10). */
final class DicomWriter {
  /** Names this product as the writer of a file (0002,0012); derived from a UUID, PS3.5 B.2. */
  static final String IMPLEMENTATION_CLASS_UID = "2.25.263017264104391863427189553416278391517";

  /** Names this product as the writer of a file (0002,0013), at most 16 characters. */
  static final String IMPLEMENTATION_VERSION_NAME = "RTPIPELINE_1";

  private DicomWriter() {}

  /**
   * Preamble, file meta information and data set, in the transfer syntax of the object. The stream
   * is flushed and left open.
   *
   * @throws IllegalArgumentException when the object has no SOP class or instance UID, or holds
   *     pixel data that its transfer syntax does not allow
   */
  static void write(DicomObject object, OutputStream out) throws IOException {
    if (object.text(Tags.SOP_CLASS_UID).isEmpty() || object.text(Tags.SOP_INSTANCE_UID).isEmpty()) {
      throw new IllegalArgumentException("a DICOM file has a SOP class and a SOP instance UID");
    }
    boolean encapsulated = !object.fragments(Tags.PIXEL_DATA).isEmpty();
    boolean hasPixels = object.has(Tags.PIXEL_DATA);
    if (hasPixels && encapsulated == TransferSyntax.isNative(object.transferSyntaxUid())) {
      throw new IllegalArgumentException(
          "pixel data are "
              + (encapsulated ? "encapsulated" : "native")
              + ", transfer syntax "
              + object.transferSyntaxUid());
    }
    boolean bigEndian = object.transferSyntaxUid().equals(TransferSyntax.EXPLICIT_VR_BIG_ENDIAN);
    Dcm4cheEngine.INSTANCE.write(bigEndian ? object.withLongSamplesTurned() : object, out);
    out.flush();
  }
}
