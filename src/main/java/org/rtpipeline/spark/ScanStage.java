package org.rtpipeline.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.Partitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.dicom.StreamOpener;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.store.CatalogueOrder;
import org.rtpipeline.store.KnownFiles;
import org.rtpipeline.store.ScanCatalogue;
import scala.Tuple2;

/**
 * The files of the input and what the header of each says.
 *
 * <p>The driver lists only the topmost folders, until there is work for every task; the tasks list
 * the rest, put the files in the order of the catalogue, and read headers up to the pixel data of
 * those that it does not know. Every file has one result, whatever it is.
 */
public final class ScanStage {

  private static final int FOLDERS_PER_TASK = 4;
  private static final int DRIVER_LEVELS = 3;

  /**
   * The coarsest steps in which file systems tell the time of a change: 2 s on FAT, and on shares
   * of it. A file that was read so soon after its last change can change again without a trace.
   */
  static final long TIME_STEP_MILLIS = 2000;

  private ScanStage() {}

  /**
   * How files are opened.
   *
   * @param opener opens those that are to be read
   * @param clock the time at which they are opened
   * @param personal what results may hold of patients beside their ids
   * @param edition what is known of files from earlier scans; null when nothing is
   */
  record Opening(
      StreamOpener opener,
      Clock clock,
      PersonalData personal,
      ScanCatalogue.@Nullable Edition edition)
      implements Serializable {}

  /**
   * The result of every file under a root, in no order; nothing is read before Spark asks.
   *
   * @param inputUri folder or single file, any Hadoop file system
   * @param outputUri folder of the run's results, never taken for input
   * @throws InputException when the root is not there or cannot be listed
   */
  public static JavaRDD<ScannedFile> scan(
      JavaSparkContext context,
      String inputUri,
      String outputUri,
      HadoopStreams streams,
      Parallelism parallelism)
      throws InputException {
    return seen(
            context,
            scope(inputUri, outputUri, streams),
            streams,
            parallelism,
            new Opening(streams, Clock.systemUTC(), PersonalData.DROP, null))
        .map(SeenFile::file);
  }

  /**
   * What belongs to an input.
   *
   * @throws InputException when the root is not there or cannot be listed
   */
  static ListingScope scope(String inputUri, String outputUri, HadoopStreams streams)
      throws InputException {
    Configuration configuration = streams.configuration();
    return new ListingScope(root(inputUri, configuration), results(outputUri, configuration));
  }

  /**
   * The result of every file of an input, partitioned and sorted as catalogues are.
   *
   * @param streams for listings
   * @throws InputException when the root cannot be listed
   */
  static JavaRDD<SeenFile> seen(
      JavaSparkContext context,
      ListingScope scope,
      HadoopStreams streams,
      Parallelism parallelism,
      Opening opening)
      throws InputException {
    int tasks = parallelism.partitions(StageName.SCAN.width());
    List<ListedEntry> top = top(scope, streams.configuration(), FOLDERS_PER_TASK * tasks);
    return context
        .parallelize(top, tasks)
        .mapPartitions(new ListFolders(scope, streams))
        .mapToPair(entry -> new Tuple2<>(entry, ""))
        .repartitionAndSortWithinPartitions(new ByPart(tasks), new InOrder())
        .keys()
        .mapPartitionsWithIndex(new ReadHeaders(tasks, streams, opening), true);
  }

  /** The full URI of the root; an {@link InputException} says why it cannot be input. */
  private static String root(String inputUri, Configuration configuration) throws InputException {
    String uri = full(inputUri, configuration);
    Path path = new Path(uri);
    try {
      FileStatus status = path.getFileSystem(configuration).getFileStatus(path);
      if (FolderWalk.isLocal(path)) {
        java.nio.file.Path real = FolderWalk.localPath(path).toRealPath();
        if (!Files.isReadable(real)) {
          throw new InputException("input " + inputUri + " cannot be read: no permission");
        }
        return "file:" + real;
      }
      if (status.isDirectory()) {
        path.getFileSystem(configuration).listStatusIterator(path);
      }
      return uri;
    } catch (IOException e) {
      throw new InputException("input " + inputUri + " cannot be read: " + FolderWalk.kind(e));
    }
  }

  /**
   * The full URI of the results; a local one without symbolic links, as the root is. Empty where
   * nothing is written.
   */
  private static String results(String outputUri, Configuration configuration)
      throws InputException {
    if (outputUri.isEmpty()) {
      return outputUri;
    }
    String uri = full(outputUri, configuration);
    if (!FolderWalk.isLocal(new Path(uri))) {
      return uri;
    }
    try {
      java.nio.file.Path wanted = FolderWalk.localPath(new Path(uri));
      java.nio.file.Path there = wanted;
      while (there.getParent() != null && !Files.exists(there)) {
        there = there.getParent();
      }
      return "file:" + there.toRealPath().resolve(there.relativize(wanted));
    } catch (IOException e) {
      throw new InputException("output " + outputUri + " cannot be read: " + FolderWalk.kind(e));
    }
  }

  private static String full(String uri, Configuration configuration) throws InputException {
    try {
      Path path = new Path(uri);
      return path.getFileSystem(configuration).makeQualified(path).toString();
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(uri + " is no usable path or URI: " + e.getMessage());
    }
  }

  private static List<ListedEntry> top(ListingScope scope, Configuration configuration, int enough)
      throws InputException {
    Path root = new Path(scope.inputUri());
    try {
      FileStatus status = root.getFileSystem(configuration).getFileStatus(root);
      if (!status.isDirectory()) {
        return List.of(
            ListedEntry.file(
                new FileRef(scope.inputUri(), status.getLen(), status.getModificationTime())));
      }
    } catch (IOException e) {
      throw new InputException(
          "input " + scope.inputUri() + " cannot be read: " + FolderWalk.kind(e));
    }
    List<ListedEntry> entries = List.of(ListedEntry.folder(scope.inputUri()));
    for (int level = 0; level < DRIVER_LEVELS && folders(entries) < enough; level++) {
      List<ListedEntry> next = new ArrayList<>();
      for (ListedEntry entry : entries) {
        if (entry.kind() == ListedEntry.Kind.FOLDER) {
          // Files are left to the tasks: a folder may hold more of them than a driver should.
          next.add(ListedEntry.folderOwn(entry.file().uri()));
          FolderWalk.children(entry.file().uri(), scope, configuration).stream()
              .filter(child -> child.kind() == ListedEntry.Kind.FOLDER)
              .forEach(next::add);
        } else {
          next.add(entry);
        }
      }
      entries = next;
    }
    return entries;
  }

  private static long folders(List<ListedEntry> entries) {
    return entries.stream().filter(e -> e.kind() == ListedEntry.Kind.FOLDER).count();
  }

  /** Lists the folders of a partition. */
  private record ListFolders(ListingScope scope, HadoopStreams streams)
      implements FlatMapFunction<Iterator<ListedEntry>, ListedEntry> {
    @Override
    public Iterator<ListedEntry> call(Iterator<ListedEntry> folders) {
      return new FolderWalk(folders, scope, streams.configuration());
    }
  }

  /** Entries in the partitions of a catalogue of as many parts. */
  private static final class ByPart extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int parts;

    ByPart(int parts) {
      this.parts = parts;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object key) {
      return CatalogueOrder.part(((ListedEntry) key).file(), parts);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByPart that && parts == that.parts;
    }

    @Override
    public int hashCode() {
      return parts;
    }
  }

  /** Entries in the order of a catalogue. */
  private static final class InOrder implements Comparator<ListedEntry>, Serializable {
    private static final long serialVersionUID = 1L;
    private final CatalogueOrder order = new CatalogueOrder();

    @Override
    public int compare(ListedEntry one, ListedEntry other) {
      return order.compare(one.file(), other.file());
    }
  }

  /** The results of a partition, one file at a time. */
  private record ReadHeaders(int partitions, HadoopStreams streams, Opening opening)
      implements Function2<Integer, Iterator<ListedEntry>, Iterator<SeenFile>> {
    @Override
    public Iterator<SeenFile> call(Integer partition, Iterator<ListedEntry> entries) {
      return new SeenFiles(entries, opening, known(partition));
    }

    private @Nullable KnownFiles known(int partition) {
      if (opening.edition() == null) {
        return null;
      }
      KnownFiles known =
          new KnownFiles(opening.edition(), partition, partitions, streams.configuration());
      TaskCompletionListener atEnd = task -> known.close();
      TaskContext.get().addTaskCompletionListener(atEnd);
      return known;
    }
  }
}
