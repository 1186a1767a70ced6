package org.rtpipeline.spark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.dicom.StreamOpener;

/**
 * Opens files on any Hadoop file system with the settings of the run. Local files are opened
 * directly, so that a checksum file lying beside an export is never believed.
 */
public final class HadoopStreams implements StreamOpener {

  private static final long serialVersionUID = 1L;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Broadcast<SerializableConfiguration> configuration;

  private HadoopStreams(Broadcast<SerializableConfiguration> configuration) {
    this.configuration = configuration;
  }

  /** An opener for tasks of this context. */
  public static HadoopStreams of(JavaSparkContext context) {
    return new HadoopStreams(
        context.broadcast(new SerializableConfiguration(context.hadoopConfiguration())));
  }

  @Override
  public InputStream open(String path) throws IOException {
    Path file = new Path(path);
    return FolderWalk.isLocal(file)
        ? new BufferedInputStream(Files.newInputStream(FolderWalk.localPath(file)), BUFFER_BYTES)
        : file.getFileSystem(configuration.value().value()).open(file, BUFFER_BYTES);
  }

  /** The settings, for listings. */
  org.apache.hadoop.conf.Configuration configuration() {
    return configuration.value().value();
  }
}
