package org.rtpipeline.store;

import java.io.Serializable;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.ScannedFile;

/**
 * What the scan made of a file, packed.
 *
 * @param file the file
 * @param use what became of it
 * @param content all of it
 */
public record PackedFile(FileRef file, ScannedFile.Use use, Packed<ScannedFile> content)
    implements Serializable {

  /** The result for a file, packed. */
  public static PackedFile of(ScannedFile file) {
    return new PackedFile(file.file(), file.use(), Packed.of(ScannedFile.class, file));
  }

  /** The result, made anew at every call. */
  public ScannedFile opened() {
    return content.opened();
  }
}
