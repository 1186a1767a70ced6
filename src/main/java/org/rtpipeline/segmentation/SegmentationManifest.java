package org.rtpipeline.segmentation;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The list of the files of a finished segmentation. It is written last, so a folder with a readable
 * manifest is complete; one of another key is out of date.
 *
 * @param key digest of all that the files depend on: image, back end, options
 * @param backEnd name and version of what made the labels
 * @param files every file besides the manifest, in the order given
 */
public record SegmentationManifest(String key, String backEnd, List<Entry> files) {

  private static final String HEAD = "segmentation manifest 1";
  private static final String END = "end";

  /**
   * One file.
   *
   * @param name in the folder of the manifest, without white space
   * @param bytes its length
   * @param sha256 of its content, in hexadecimal
   */
  public record Entry(String name, long bytes, String sha256) {

    /** Refuses names that a line of the manifest cannot hold. */
    public Entry {
      if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
        throw new IllegalArgumentException("no file name for a manifest: '" + name + "'");
      }
    }

    /** The entry of a file with this content. */
    public static Entry of(String name, byte[] content) {
      return new Entry(
          name, content.length, HexFormat.of().formatHex(DerivedUid.sha256().digest(content)));
    }
  }

  /** Copies the list. */
  public SegmentationManifest {
    files = List.copyOf(files);
  }

  /** The manifest as text: one line each for head, key, back end, every file, and the end. */
  public String text() {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    text.append("key ").append(key).append('\n');
    text.append("back-end ").append(backEnd).append('\n');
    for (Entry file : files) {
      text.append(
          String.format(Locale.ROOT, "file %s %d %s\n", file.sha256(), file.bytes(), file.name()));
    }
    return text.append(END).append('\n').toString();
  }

  /** The manifest of a text; empty for one that is cut off or none at all. */
  public static Optional<SegmentationManifest> read(String text) {
    List<String> lines = text.lines().toList();
    int last = lines.size() - 1;
    if (last < 3
        || !lines.get(0).equals(HEAD)
        || !lines.get(1).startsWith("key ")
        || !lines.get(2).startsWith("back-end ")
        || !lines.get(last).equals(END)) {
      return Optional.empty();
    }
    List<Entry> files = new ArrayList<>();
    for (String line : lines.subList(3, last)) {
      List<String> cells = List.of(line.split(" ", -1));
      if (cells.size() != 4 || !cells.get(0).equals("file") || !isNumber(cells.get(2))) {
        return Optional.empty();
      }
      files.add(new Entry(cells.get(3), Long.parseLong(cells.get(2)), cells.get(1)));
    }
    return Optional.of(
        new SegmentationManifest(
            lines.get(1).substring("key ".length()),
            lines.get(2).substring("back-end ".length()),
            files));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.length() < 19 && text.chars().allMatch(Character::isDigit);
  }
}
