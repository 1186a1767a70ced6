package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/** Opens files wherever they lie; the readers of this package know no file system. */
@FunctionalInterface
public interface StreamOpener extends Serializable {
  /** A fresh stream at the first byte of the file; the caller closes it. */
  InputStream open(String path) throws IOException;
}
