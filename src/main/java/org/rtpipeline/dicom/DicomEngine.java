package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The port to the library that knows encodings, dictionaries and character sets. Its one
 * implementation, {@code Dcm4cheEngine}, exists once per source folder of the build, and is the
 * only class that imports the library.
 */
interface DicomEngine {
  /**
   * The data set at the head of the stream. The stream is neither sniffed nor inflated nor closed.
   *
   * @param in first byte of the first element
   * @param encoding true layout of the elements
   * @throws ParseFailure for every fault of the bytes
   * @throws IOException when the stream itself fails
   */
  DicomObject read(InputStream in, Encoding encoding, ReadScope scope, ReadLimits limits)
      throws IOException;

  /** Preamble, file meta information and data set, in the transfer syntax of the object. */
  void write(DicomObject object, OutputStream out) throws IOException;

  /** Value representation of a standard attribute; {@link Vr#UN} for one it does not know. */
  Vr standardVr(int tag);
}
