package org.rtpipeline.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.ScannedFile;

/**
 * What earlier scans made of the files of the input, so that a file is opened once: the folder
 * {@code <output>/catalogue/}. Each edition is a folder of its own, whose {@value #MANIFEST} is
 * written last; an edition without it was never finished and is never read.
 *
 * <p>Headers hold what identifies a patient, so entries are sealed with a secret of the site.
 */
public final class ScanCatalogue {

  /** Name of its folder in the output. */
  public static final String FOLDER = "catalogue";

  private static final String MANIFEST = "manifest.json";
  private static final String MADE_BY = "madeBy";
  private static final String PARTS = "parts";
  private static final String FILES = "files";
  private static final int FORMAT = 1;

  private final Path folder;
  private final FileSystem files;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final Seal seal;
  private final String madeBy;

  /**
   * The catalogue of an output; nothing is read or written yet.
   *
   * @param outputUri root of the output, any Hadoop file system
   * @param secret 32 bytes, for this use only
   * @param reader what makes entries of files: its version and its options
   * @throws IOException when there is no such file system
   */
  public ScanCatalogue(
      Broadcast<SerializableConfiguration> hadoop, String outputUri, byte[] secret, String reader)
      throws IOException {
    this.hadoop = hadoop;
    this.folder = new Path(outputUri, FOLDER);
    this.files = raw(folder, hadoop.value().value());
    this.seal = new Seal(secret);
    this.madeBy = madeBy(reader);
  }

  /** All that decides an entry besides its file: format, reader, shape of entries. */
  private static String madeBy(String reader) {
    String all = FORMAT + "\n" + reader + "\n" + RecordCodec.of(ScannedFile.class).shape();
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * What was found.
   *
   * @param edition the catalogue; null when there is none that can be used
   * @param notice why not, for a person; null when there is nothing to say
   */
  public record Found(@Nullable Edition edition, @Nullable String notice) {}

  /** A finished edition of the catalogue, to be read by tasks. */
  public static final class Edition implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String folder;
    private final String madeBy;
    private final int parts;
    private final long files;
    private final Seal seal;

    private Edition(String folder, String madeBy, int parts, long files, Seal seal) {
      this.folder = folder;
      this.madeBy = madeBy;
      this.parts = parts;
      this.files = files;
      this.seal = seal;
    }

    /** Number of its parts. */
    public int parts() {
      return parts;
    }

    /** Number of files that it knows. */
    public long files() {
      return files;
    }

    private Path path(int part) {
      return new Path(folder, "part-" + part);
    }

    private String name(int part) {
      return String.join("\n", madeBy, new Path(folder).getName(), part + " of " + parts);
    }

    CatalogueFile.Reader reader(int part, Configuration hadoop) throws IOException {
      Path path = path(part);
      return new CatalogueFile.Reader(raw(path, hadoop).open(path), seal, name(part));
    }
  }

  /** The catalogue as it is. */
  public Found find() {
    try {
      List<Path> editions = editions();
      editions.sort(Comparator.comparing(Path::getName).reversed());
      for (Path edition : editions) {
        if (files.exists(new Path(edition, MANIFEST))) {
          return found(edition);
        }
      }
      boolean isFirst = !files.exists(new Path(folder.getParent(), "tables"));
      return new Found(
          null, isFirst ? null : "the output has no scan catalogue; every file is read");
    } catch (IOException e) {
      return new Found(null, unusable());
    }
  }

  private static String unusable() {
    return "the scan catalogue of the output cannot be read; every file is read";
  }

  private Found found(Path edition) throws IOException {
    JsonNode manifest;
    try (InputStream in = files.open(new Path(edition, MANIFEST))) {
      manifest = new ObjectMapper().readTree(in);
    } catch (JsonProcessingException e) {
      return new Found(null, unusable());
    }
    int parts = manifest.path(PARTS).asInt();
    if (parts < 1) {
      return new Found(null, unusable());
    }
    if (!manifest.path(MADE_BY).asText().equals(madeBy)) {
      return new Found(
          null,
          "the scan catalogue of the output was made by another version of the scan or with other"
              + " options; every file is read");
    }
    return new Found(
        new Edition(edition.toString(), madeBy, parts, manifest.path(FILES).asLong(), seal), null);
  }

  private List<Path> editions() throws IOException {
    List<Path> editions = new ArrayList<>();
    if (files.exists(folder)) {
      for (FileStatus status : files.listStatus(folder)) {
        editions.add(status.getPath());
      }
    }
    return editions;
  }

  /**
   * Writes an edition, then removes all others.
   *
   * @param entries in as many partitions as parts, each in the order of a catalogue, each file in
   *     the partition of its part
   * @param name of the edition, later than all before
   */
  public void write(JavaRDD<PackedFile> entries, String name) throws IOException {
    Path path = new Path(folder, name);
    int parts = entries.getNumPartitions();
    Edition edition = new Edition(path.toString(), madeBy, parts, 0, seal);
    Broadcast<SerializableConfiguration> settings = hadoop;
    long count =
        entries
            .mapPartitionsWithIndex(
                (part, some) -> List.of(written(edition, part, some, settings)).iterator(), true)
            .fold(0L, Long::sum);
    String manifest =
        JsonNodeFactory.instance
            .objectNode()
            .put(MADE_BY, madeBy)
            .put(PARTS, parts)
            .put(FILES, count)
            .toPrettyString();
    try (OutputStream out = files.create(new Path(path, MANIFEST), false)) {
      out.write(manifest.getBytes(StandardCharsets.UTF_8));
    }
    for (Path other : editions()) {
      if (!other.getName().equals(name)) {
        files.delete(other, true);
      }
    }
  }

  private static long written(
      Edition edition,
      int part,
      Iterator<PackedFile> entries,
      Broadcast<SerializableConfiguration> hadoop)
      throws IOException {
    Path path = edition.path(part);
    long count = 0;
    try (CatalogueFile.Writer writer =
        new CatalogueFile.Writer(
            raw(path, hadoop.value().value()).create(path, true),
            edition.seal,
            edition.name(part))) {
      while (entries.hasNext()) {
        writer.write(entries.next());
        count++;
      }
    }
    return count;
  }

  /** Local files are written without checksum files: a seal shows more than a checksum. */
  private static FileSystem raw(Path path, Configuration hadoop) throws IOException {
    FileSystem given = path.getFileSystem(hadoop);
    return given instanceof LocalFileSystem local ? local.getRaw() : given;
  }
}
