package org.rtpipeline.report;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * The {@code _RESULTS} folder on any Hadoop file system. Files are written in a folder of their own
 * beside and renamed, so that a reader sees the old file or the new one.
 */
final class ResultsFolder {

  private final Configuration hadoop;
  private final FileSystem files;
  private final Path folder;

  ResultsFolder(Configuration hadoop, String outputUri) throws IOException {
    this.hadoop = hadoop;
    this.folder = new Path(outputUri, "_RESULTS");
    this.files = folder.getFileSystem(hadoop);
  }

  /** A new folder for files that are not finished. */
  Path unfinished() {
    return new Path(folder, ".unfinished-" + UUID.randomUUID());
  }

  /** Gives a finished file its name, in place of an older one; returns the full path. */
  String publish(Path finished, String name) throws IOException {
    Path target = new Path(folder, name);
    if (files instanceof LocalFileSystem local) {
      if (!local.getRaw().rename(finished, target)) {
        throw new IOException(finished + " cannot be renamed to " + target);
      }
    } else {
      FileContext.getFileContext(target.toUri(), hadoop)
          .rename(finished, target, Options.Rename.OVERWRITE);
    }
    return target.toString();
  }

  /** Removes a file or folder of this one, if it is there. */
  void delete(Path path) throws IOException {
    files.delete(path, true);
  }
}
