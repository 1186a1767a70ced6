package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ScannedFile;

/**
 * What a listing saw: a folder still to be listed, whole or without the folders in it, a file to be
 * read, or something that is neither.
 *
 * @param kind which of them
 * @param file URI, and size and time of a file
 * @param finding why it is not read; null for folders and files
 */
record ListedEntry(Kind kind, FileRef file, @Nullable Finding finding) implements Serializable {

  /** What was seen. */
  enum Kind {
    FOLDER,
    FOLDER_OWN,
    FILE,
    IGNORED,
    REJECTED
  }

  static ListedEntry folder(String uri) {
    return new ListedEntry(Kind.FOLDER, new FileRef(uri, 0, 0), null);
  }

  /** A folder whose own entries are still to be listed, without the folders among them. */
  static ListedEntry folderOwn(String uri) {
    return new ListedEntry(Kind.FOLDER_OWN, new FileRef(uri, 0, 0), null);
  }

  static ListedEntry file(FileRef file) {
    return new ListedEntry(Kind.FILE, file, null);
  }

  static ListedEntry ignored(String uri, Finding.Code code, String message) {
    return new ListedEntry(
        Kind.IGNORED,
        new FileRef(uri, 0, 0),
        new Finding(Finding.Level.IGNORE_FILE, code, nameOf(uri), message));
  }

  static ListedEntry rejected(String uri, Finding.Code code, String message) {
    return new ListedEntry(
        Kind.REJECTED,
        new FileRef(uri, 0, 0),
        new Finding(Finding.Level.REJECT_FILE, code, nameOf(uri), message));
  }

  ListedEntry withFile(FileRef known) {
    return new ListedEntry(kind, known, finding);
  }

  /** The scan's word for an entry that is not read. */
  ScannedFile scanned() {
    if (finding == null) {
      throw new IllegalStateException(kind + " has no scan result of its own");
    }
    return new ScannedFile(
        file,
        kind == Kind.IGNORED ? ScannedFile.Use.IGNORED : ScannedFile.Use.REJECTED,
        null,
        List.of(finding));
  }

  private static String nameOf(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }
}
