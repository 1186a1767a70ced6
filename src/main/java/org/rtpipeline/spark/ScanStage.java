package org.rtpipeline.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.rtpipeline.dicom.HeaderReader;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.ScannedFile;

/**
 * The files of the input and what the header of each says.
 *
 * <p>The driver lists only the topmost folders, until there is work for every task; the tasks list
 * the rest and read headers up to the pixel data. Every file has one result, whatever it is.
 */
public final class ScanStage {

  private static final int FOLDERS_PER_TASK = 4;
  private static final int DRIVER_LEVELS = 3;

  private ScanStage() {}

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
    return scan(context, inputUri, outputUri, streams, parallelism, PersonalData.DROP);
  }

  /**
   * The same, with what the tables may hold of patients beside their ids.
   *
   * @throws InputException when the root is not there or cannot be listed
   */
  static JavaRDD<ScannedFile> scan(
      JavaSparkContext context,
      String inputUri,
      String outputUri,
      HadoopStreams streams,
      Parallelism parallelism,
      PersonalData personal)
      throws InputException {
    int tasks = parallelism.partitions(StageName.SCAN.width());
    Configuration configuration = streams.configuration();
    ListingScope scope =
        new ListingScope(root(inputUri, configuration), results(outputUri, configuration));
    List<ListedEntry> top = top(scope, configuration, FOLDERS_PER_TASK * tasks);
    return context
        .parallelize(top, tasks)
        .mapPartitions(new ListFolders(scope, streams))
        .repartition(tasks)
        .mapPartitions(new ReadHeaders(streams, personal));
  }

  /** The full URI of the root; an {@link InputException} says why it cannot be input. */
  private static String root(String inputUri, Configuration configuration) throws InputException {
    String uri = full(inputUri, configuration);
    Path path = new Path(uri);
    try {
      FileStatus status = path.getFileSystem(configuration).getFileStatus(path);
      if (FolderWalk.isLocal(path)) {
        java.nio.file.Path real = Paths.get(path.toUri().getPath()).toRealPath();
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

  /** The full URI of the results; a local one without symbolic links, as the root is. */
  private static String results(String outputUri, Configuration configuration)
      throws InputException {
    String uri = full(outputUri, configuration);
    if (!FolderWalk.isLocal(new Path(uri))) {
      return uri;
    }
    java.nio.file.Path wanted = Paths.get(new Path(uri).toUri().getPath());
    java.nio.file.Path there = wanted;
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
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
          next.addAll(FolderWalk.children(entry.file().uri(), scope, configuration));
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

  /** Reads the headers of a partition, one file at a time. */
  private record ReadHeaders(HadoopStreams streams, PersonalData personal)
      implements FlatMapFunction<Iterator<ListedEntry>, ScannedFile> {
    @Override
    public Iterator<ScannedFile> call(Iterator<ListedEntry> entries) {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return entries.hasNext();
        }

        @Override
        public ScannedFile next() {
          ListedEntry entry = entries.next();
          return entry.kind() == ListedEntry.Kind.FILE
              ? read(entry.file(), streams, personal)
              : entry.scanned();
        }
      };
    }
  }

  private static ScannedFile read(FileRef file, HadoopStreams streams, PersonalData personal) {
    try (InputStream in = streams.open(file.uri())) {
      return HeaderReader.read(file, in, personal);
    } catch (IOException e) {
      return ListedEntry.rejected(
              file.uri(), Finding.Code.UNREADABLE, "the file cannot be read: " + FolderWalk.kind(e))
          .withFile(file)
          .scanned();
    }
  }
}
