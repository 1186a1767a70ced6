package org.rtpipeline.segmentation.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of its own with everything it starts. Its lines are read by a thread that ends with it,
 * and when it is closed nothing of it is left: neither it, nor its descendants, nor the threads.
 */
final class ChildProcess implements AutoCloseable {

  /** A longer line is no message of any program we know. */
  static final int LONGEST_LINE = 1 << 20;

  private static final int ERROR_LINES = 200;
  private static final int LINES_AHEAD = 1000;
  private static final long JOIN_MILLIS = 2000;
  private static final Duration TERM_GRACE = Duration.ofSeconds(1);

  private final Process process;
  private final Duration grace;
  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>(LINES_AHEAD);
  private final Deque<String> errors = new ArrayDeque<>();
  private final Set<ProcessHandle> family = new HashSet<>();
  private final List<Thread> readers;

  /** A line of standard output; null at its end. */
  private record Line(@Nullable String text) {}

  private ChildProcess(Process process, Duration grace) {
    this.process = process;
    this.grace = grace;
    this.readers =
        List.of(
            reader("output", process.getInputStream(), this::putLine, () -> put(new Line(null))),
            reader("errors", process.getErrorStream(), this::keepError, () -> {}));
    readers.forEach(Thread::start);
  }

  /**
   * A running program.
   *
   * @param command program and arguments; no shell reads them
   * @param environment set beside what this process has; an empty value removes a name
   * @param folder working directory
   * @param grace from the request to end to the kill
   */
  static ChildProcess start(
      List<String> command, Map<String, String> environment, Path folder, Duration grace)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    return new ChildProcess(builder.start(), grace);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Gives the program a line; false when it no longer reads. */
  boolean send(String line) {
    try {
      OutputStream in = process.getOutputStream();
      in.write((line + '\n').getBytes(StandardCharsets.UTF_8));
      in.flush();
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  /**
   * The next line of standard output.
   *
   * @param wait longest wait
   * @return empty when none has come in time, or none will come any more
   */
  Optional<String> line(Duration wait) throws InterruptedException {
    remember();
    Line line = lines.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    if (line != null && line.text() == null) {
      lines.add(line);
    }
    return line == null ? Optional.empty() : Optional.ofNullable(line.text());
  }

  /** Whether all of standard output has been read. */
  boolean isSilentForEver() {
    Line next = lines.peek();
    return next != null && next.text() == null;
  }

  /** Exit code once it has ended, 128 and the signal for a killed one; empty before. */
  Optional<Integer> exitCode(Duration wait) throws InterruptedException {
    return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)
        ? Optional.of(process.exitValue())
        : Optional.empty();
  }

  /** The last of what it said on standard error. */
  String lastError() {
    synchronized (errors) {
      return errors.isEmpty() ? "" : errors.getLast();
    }
  }

  /** Takes note of descendants while their parents live: afterwards nothing leads to them. */
  private void remember() {
    process.descendants().forEach(family::add);
    family.removeIf(handle -> !handle.isAlive());
  }

  /** Asks it to end by closing its input, then ends it and all it has started, children first. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    remember();
    closeQuietly(process.getOutputStream());
    interrupted |= !gone(grace);
    remember();
    family.forEach(ProcessHandle::destroy);
    process.destroy();
    interrupted |= !gone(TERM_GRACE);
    remember();
    family.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    interrupted |= !gone(Duration.ofMillis(JOIN_MILLIS));
    closeQuietly(process.getInputStream());
    closeQuietly(process.getErrorStream());
    for (Thread reader : readers) {
      reader.interrupt();
      interrupted |= !joined(reader);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until nothing of it lives, or the time is over; false when interrupted meanwhile. */
  private boolean gone(Duration wait) {
    long end = System.nanoTime() + wait.toNanos();
    try {
      for (ProcessHandle handle : family) {
        awaitEnd(handle, end - System.nanoTime());
      }
      process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static void awaitEnd(ProcessHandle handle, long nanos) throws InterruptedException {
    try {
      handle.onExit().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      // It lives on; the next, harder step is for it.
    }
  }

  private static boolean joined(Thread reader) {
    try {
      reader.join(JOIN_MILLIS);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static void closeQuietly(java.io.Closeable stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // The other end is gone, which is what closing is for.
    }
  }

  /** What becomes of a line. */
  private interface Sink {
    void take(String line) throws InterruptedException;
  }

  private Thread reader(String name, InputStream stream, Sink sink, Runnable atEnd) {
    Thread reader =
        new Thread(
            () -> {
              try (Reader in =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                readAll(in, sink);
              } catch (IOException e) {
                // The program is gone.
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                atEnd.run();
              }
            },
            "segmentation-" + process.pid() + "-" + name);
    reader.setDaemon(true);
    return reader;
  }

  private static void readAll(Reader in, Sink sink) throws IOException, InterruptedException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n' || line.length() == LONGEST_LINE) {
        sink.take(line.toString());
        line.setLength(0);
      }
      if (c != '\n') {
        line.append((char) c);
      }
    }
    if (line.length() > 0) {
      sink.take(line.toString());
    }
  }

  private void putLine(String line) throws InterruptedException {
    lines.put(new Line(line));
  }

  private void put(Line line) {
    if (!lines.offer(line)) {
      lines.clear();
      lines.add(line);
    }
  }

  private void keepError(String line) {
    if (line.isBlank()) {
      return;
    }
    synchronized (errors) {
      errors.addLast(line.strip());
      if (errors.size() > ERROR_LINES) {
        errors.removeFirst();
      }
    }
  }
}
