package org.rtpipeline.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The right to write an output folder: the file {@code .lock} in it, which only one run can make.
 *
 * <p>The file says who made it. A run of this host whose process has ended without removing it is
 * replaced; of another host nobody here can know, so a person decides. Nothing depends on clocks.
 */
public final class OutputLock implements AutoCloseable {

  static final String FILE_NAME = ".lock";

  private static final int BEFORE_FILE_SYSTEMS_CLOSE = FileSystem.SHUTDOWN_HOOK_PRIORITY + 1;

  private final FileSystem files;
  private final Path file;
  private final Holder holder;
  private final Optional<Holder> replaced;
  private final Thread atExit = new Thread(this::release, "output-lock");

  /**
   * Who holds an output.
   *
   * @param runId name of the run
   * @param host its machine
   * @param processId its process there
   * @param processStart start of that process, since numbers are used again; empty when unknown
   * @param started start of the run, UTC
   */
  record Holder(String runId, String host, long processId, String processStart, String started) {

    /** This process, for a run that starts now. */
    static Holder here(String runId, Instant start) {
      ProcessHandle process = ProcessHandle.current();
      return new Holder(
          runId, NetUtils.getLocalHostname(), process.pid(), start(process), start.toString());
    }

    private static String start(ProcessHandle process) {
      return process.info().startInstant().map(Instant::toString).orElse("");
    }

    /** Whether its process is known to have ended. */
    boolean isGone() {
      if (!host.equals(NetUtils.getLocalHostname())) {
        return false;
      }
      Optional<ProcessHandle> process = ProcessHandle.of(processId).filter(ProcessHandle::isAlive);
      return process.isEmpty() || !start(process.get()).equals(processStart);
    }

    String text() {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("runId", runId).put("host", host).put("processId", processId);
      node.put("processStart", processStart).put("started", started);
      return node.toPrettyString() + "\n";
    }

    /** Empty for anything that is no lock of ours, as one that is being written. */
    static Optional<Holder> of(String text) {
      try {
        JsonNode node = new ObjectMapper().readTree(text);
        return node.path("processId").isIntegralNumber()
            ? Optional.of(
                new Holder(
                    node.path("runId").asText(),
                    node.path("host").asText(),
                    node.path("processId").asLong(),
                    node.path("processStart").asText(),
                    node.path("started").asText()))
            : Optional.empty();
      } catch (JsonProcessingException otherText) {
        return Optional.empty();
      }
    }
  }

  private OutputLock(FileSystem files, Path file, Holder holder, Optional<Holder> replaced) {
    this.files = files;
    this.file = file;
    this.holder = holder;
    this.replaced = replaced;
    ShutdownHookManager.get().addShutdownHook(atExit, BEFORE_FILE_SYSTEMS_CLOSE);
  }

  /**
   * Takes the output for a run, or fails at once; never waits.
   *
   * @param outputUri folder of the results, made when it is absent; any Hadoop file system
   * @param runId name of the run
   * @param start of the run, for the message that another run prints
   * @throws OutputHeldException when another run holds it
   * @throws IOException when the folder cannot be written
   */
  public static OutputLock acquire(
      JavaSparkContext spark, String outputUri, String runId, Instant start)
      throws OutputHeldException, IOException {
    return acquire(spark.hadoopConfiguration(), outputUri, Holder.here(runId, start));
  }

  static OutputLock acquire(Configuration hadoop, String outputUri, Holder holder)
      throws OutputHeldException, IOException {
    Path file = new Path(outputUri, FILE_NAME);
    FileSystem files = file.getFileSystem(hadoop);
    files.mkdirs(file.getParent());
    if (isMade(files, file, holder.text())) {
      return new OutputLock(files, file, holder, Optional.empty());
    }
    String found = text(files, file);
    Optional<Holder> other = Holder.of(found);
    if (other.isEmpty() || !other.get().isGone()) {
      throw held(outputUri, file, other);
    }
    Path aside = file.suffix("-" + holder.runId());
    if (!files.rename(file, aside)) {
      throw held(outputUri, file, Optional.empty());
    }
    String moved = text(files, aside);
    files.delete(aside, false);
    if (!moved.equals(found)) {
      isMade(files, file, moved);
      throw held(outputUri, file, Holder.of(moved));
    }
    if (!isMade(files, file, holder.text())) {
      throw held(outputUri, file, Holder.of(text(files, file)));
    }
    return new OutputLock(files, file, holder, other);
  }

  /** One sentence when the lock of a run that is gone was taken over. */
  public Optional<String> notice() {
    return replaced.map(
        gone ->
            "run "
                + gone.runId()
                + " of process "
                + gone.processId()
                + " ended without giving up the output; this run has taken it over");
  }

  /** Gives the output up. */
  @Override
  public void close() {
    ShutdownHookManager hooks = ShutdownHookManager.get();
    if (!hooks.isShutdownInProgress()) {
      hooks.removeShutdownHook(atExit);
    }
    release();
  }

  private void release() {
    try {
      if (text(files, file).equals(holder.text())) {
        files.delete(file, false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be removed; delete it by hand", e);
    }
  }

  /** Makes the file with this text; false when it is there already. */
  private static boolean isMade(FileSystem files, Path file, String text) throws IOException {
    try (OutputStream out = onlyNew(files, file)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException there) {
      return false;
    }
  }

  /** Hadoop's own create on a local disk looks first and makes after: two runs may both succeed. */
  private static OutputStream onlyNew(FileSystem files, Path file) throws IOException {
    return files instanceof LocalFileSystem local
        ? Files.newOutputStream(
            local.pathToFile(file).toPath(),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE)
        : files.create(file, false);
  }

  private static String text(FileSystem files, Path file) throws IOException {
    try (InputStream in =
        files instanceof LocalFileSystem local ? local.getRaw().open(file) : files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException gone) {
      return "";
    }
  }

  private static OutputHeldException held(String outputUri, Path file, Optional<Holder> other) {
    String who =
        other
            .map(
                h ->
                    "run "
                        + h.runId()
                        + " on host "
                        + h.host()
                        + ", process "
                        + h.processId()
                        + ", started "
                        + h.started())
            .orElse("it is being taken or given up at this moment");
    return new OutputHeldException(
        "another run holds "
            + outputUri
            + ": "
            + who
            + "; wait for its end. If it has ended, delete "
            + file.toUri().getPath());
  }
}
