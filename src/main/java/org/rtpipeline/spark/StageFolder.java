package org.rtpipeline.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.rtpipeline.model.CourseId;

/**
 * The folder {@code <output>/courses/<courseKey>/<stage>/<stageKey>} with the files that a stage
 * made of a course. It is written beside its place and renamed, its manifest last: a folder with a
 * manifest is whole.
 */
final class StageFolder {

  /** The file that says that all others are there. */
  static final String MANIFEST = "manifest.txt";

  private final Path folder;
  private final FileSystem files;

  private StageFolder(Path folder, FileSystem files) {
    this.folder = folder;
    this.files = files;
  }

  /** The folder of a result; nothing is written yet. */
  static StageFolder of(
      Configuration hadoop, String outputUri, CourseId course, StageName stage, String stageKey)
      throws IOException {
    Path folder =
        new Path(
            new Path(new Path(new Path(outputUri, "courses"), course.key()), stage.word()),
            stageKey);
    FileSystem given = folder.getFileSystem(hadoop);
    return new StageFolder(folder, given instanceof LocalFileSystem local ? local.getRaw() : given);
  }

  /** A file of the folder; empty when it is absent. */
  Optional<byte[]> read(String name) throws IOException {
    try (InputStream in = files.open(new Path(folder, name))) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    }
  }

  /** Where a file of it lies. */
  String uri(String name) {
    return new Path(folder, name).toString();
  }

  /** What writes a file. */
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /** Files on their way into the folder. */
  final class Draft {
    private final Path place;

    private Draft(Path place) {
      this.place = place;
    }

    /** Writes a file. */
    void write(String name, Content content) throws IOException {
      try (OutputStream out = files.create(new Path(place, name), true)) {
        content.write(out);
      }
    }

    /** Writes the manifest and puts the folder in its place. */
    void finish(Content manifest) throws IOException {
      write(MANIFEST, manifest);
      files.delete(folder, true);
      if (!files.rename(place, folder)) {
        throw new IOException("the folder of a result cannot be put in its place");
      }
    }

    /** Removes what was written so far. */
    void drop() throws IOException {
      files.delete(place, true);
    }
  }

  /** Begins anew beside the folder; each attempt of a task has a place of its own. */
  Draft draft(long attempt) throws IOException {
    Path place = new Path(folder.getParent(), folder.getName() + ".tmp-" + attempt);
    files.delete(place, true);
    files.mkdirs(place);
    return new Draft(place);
  }
}
