package org.rtpipeline.spark;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Paths;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;

/**
 * The files below some folders, folder by folder as they are asked for. Symbolic links are never
 * followed, so a loop of links ends and nothing outside the input is read; devices and pipes are
 * named, not opened.
 */
final class FolderWalk implements Iterator<ListedEntry> {

  private static final String LOCAL = "file";

  /** Stands for bytes that are no text. */
  private static final char UNDECODED = '\uFFFD';

  private final ListingScope scope;
  private final Configuration configuration;
  private final Iterator<ListedEntry> start;
  private final Deque<ListedEntry> ready = new ArrayDeque<>();

  FolderWalk(Iterator<ListedEntry> start, ListingScope scope, Configuration configuration) {
    this.start = start;
    this.scope = scope;
    this.configuration = configuration;
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() ? start.hasNext() : isFolder(ready.peek())) {
      ListedEntry entry = ready.isEmpty() ? start.next() : ready.pop();
      if (isFolder(entry)) {
        boolean isWhole = entry.kind() == ListedEntry.Kind.FOLDER;
        for (ListedEntry child : children(entry.file().uri(), scope, configuration)) {
          if (isWhole || !isFolder(child)) {
            ready.push(child);
          }
        }
      } else {
        ready.push(entry);
        return true;
      }
    }
    return !ready.isEmpty();
  }

  private static boolean isFolder(ListedEntry entry) {
    return entry.kind() == ListedEntry.Kind.FOLDER || entry.kind() == ListedEntry.Kind.FOLDER_OWN;
  }

  @Override
  public ListedEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no file is left");
    }
    return ready.pop();
  }

  /**
   * Everything directly in a folder, in order of name; the output folder of the run is left out.
   */
  static List<ListedEntry> children(
      String folder, ListingScope scope, Configuration configuration) {
    Path path = new Path(folder);
    List<ListedEntry> entries = new ArrayList<>();
    try {
      if (isLocal(path)) {
        local(path, scope, entries);
      } else {
        for (FileStatus status : path.getFileSystem(configuration).listStatus(path)) {
          entries.add(entry(status));
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      entries.add(
          ListedEntry.rejected(
              folder, Finding.Code.FOLDER_UNREADABLE, "the folder cannot be listed: " + kind(e)));
    }
    entries.removeIf(entry -> scope.isOutput(entry.file().uri()));
    entries.sort(Comparator.comparing((ListedEntry e) -> e.file().uri()));
    return entries;
  }

  /** Whether a path is on the machine's own file system. */
  static boolean isLocal(Path path) {
    String scheme = path.toUri().getScheme();
    return LOCAL.equals(scheme);
  }

  /**
   * A path of this machine as its own file system names it.
   *
   * @throws CharacterCodingException when the bytes of the name are no text in the character set of
   *     the machine, so that nothing can be found under it
   */
  static java.nio.file.Path localPath(Path path) throws CharacterCodingException {
    String name = path.toUri().getPath();
    java.nio.file.Path local;
    try {
      local = Paths.get(name);
    } catch (InvalidPathException e) {
      throw new CharacterCodingException();
    }
    if (name.indexOf(UNDECODED) >= 0 && !Files.exists(local)) {
      throw new CharacterCodingException();
    }
    return local;
  }

  private static void local(Path folder, ListingScope scope, List<ListedEntry> entries)
      throws IOException {
    java.nio.file.Path root = localPath(folder);
    try (DirectoryStream<java.nio.file.Path> children = Files.newDirectoryStream(root)) {
      for (java.nio.file.Path child : children) {
        entries.add(local(child, scope));
      }
    }
  }

  private static ListedEntry local(java.nio.file.Path child, ListingScope scope) {
    String uri = LOCAL + ":" + child;
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        return link(child, uri, scope);
      }
      if (attributes.isDirectory()) {
        return ListedEntry.folder(uri);
      }
      return attributes.isRegularFile()
          ? ListedEntry.file(
              new FileRef(uri, attributes.size(), attributes.lastModifiedTime().toMillis()))
          : ListedEntry.ignored(
              uri, Finding.Code.NOT_A_FILE, "neither a regular file nor a folder");
    } catch (IOException e) {
      return ListedEntry.rejected(
          uri, Finding.Code.UNREADABLE, "its attributes cannot be read: " + kind(e));
    }
  }

  private static ListedEntry link(java.nio.file.Path child, String uri, ListingScope scope) {
    try {
      return scope.holds(LOCAL + ":" + child.toRealPath())
          ? ListedEntry.ignored(
              uri,
              Finding.Code.NOT_A_FILE,
              "a symbolic link into the input; what it points to is read where it lies")
          : ListedEntry.rejected(
              uri,
              Finding.Code.OUTSIDE_INPUT_ROOT,
              "a symbolic link out of the input; links are not followed");
    } catch (IOException e) {
      return ListedEntry.ignored(
          uri, Finding.Code.NOT_A_FILE, "a symbolic link that leads nowhere or in a circle");
    }
  }

  private static ListedEntry entry(FileStatus status) {
    String uri = status.getPath().toString();
    if (status.isDirectory()) {
      return ListedEntry.folder(uri);
    }
    return status.isFile()
        ? ListedEntry.file(new FileRef(uri, status.getLen(), status.getModificationTime()))
        : ListedEntry.ignored(uri, Finding.Code.NOT_A_FILE, "neither a regular file nor a folder");
  }

  /** The kind of a failure without its text, which may hold a path. */
  static String kind(Exception e) {
    return e instanceof CharacterCodingException
        ? "its name is no text in "
            + System.getProperty("sun.jnu.encoding")
            + ", the character set of this machine; rename it, or set a locale such as"
            + " LC_ALL=C.UTF-8"
        : e.getClass().getSimpleName();
  }
}
