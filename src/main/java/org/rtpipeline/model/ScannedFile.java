package org.rtpipeline.model;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the scan made of one file. Every listed file has one, so that nothing vanishes.
 *
 * @param file the file
 * @param use what became of it
 * @param header its header; null unless used
 * @param findings why it was ignored or rejected, or what is odd about it
 */
public record ScannedFile(
    FileRef file, Use use, @Nullable InstanceHeader header, List<Finding> findings)
    implements Serializable {

  /** What became of a file. */
  public enum Use {
    USED,
    IGNORED,
    REJECTED
  }

  /** Checks that exactly the used files have a header. */
  public ScannedFile {
    findings = List.copyOf(findings);
    if ((use == Use.USED) != (header != null)) {
      throw new IllegalArgumentException("a header belongs to used files alone, got " + use);
    }
  }
}
