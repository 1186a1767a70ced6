package org.rtpipeline.segmentation.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.rtpipeline.segmentation.Device;

/**
 * The right to use one GPU of this machine, where Spark hands out none: a lock on a file for each
 * device. It holds among the tasks of a JVM and among all JVMs of the machine, and ends with the
 * JVM whatever befalls it.
 */
public final class GpuLease implements AutoCloseable {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static final Condition RETURNED = LOCK.newCondition();

  /**
   * Files that this JVM holds. They are not opened again: a system of POSIX ends all locks of a
   * process on a file when the process closes any of its channels to it.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final String address;
  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private GpuLease(String address, Path file, FileChannel channel, FileLock lock) {
    this.address = address;
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /** Where all users of this machine keep their locks. */
  public static Path folderOfMachine() {
    return Path.of(System.getProperty("java.io.tmpdir"), "rtpipeline-gpu-leases");
  }

  /**
   * Waits until one of the devices is free, and takes it.
   *
   * @param folder the same for all that share the devices
   * @param addresses devices, as CUDA_VISIBLE_DEVICES takes them
   * @throws InterruptedException when the task is ended meanwhile
   */
  public static GpuLease take(Path folder, List<String> addresses)
      throws IOException, InterruptedException {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("there is no GPU to take");
    }
    open(folder);
    LOCK.lockInterruptibly();
    try {
      Optional<GpuLease> lease = tryAny(folder, addresses);
      while (lease.isEmpty()) {
        RETURNED.awaitNanos(LOOK_AGAIN.toNanos());
        lease = tryAny(folder, addresses);
      }
      return lease.get();
    } finally {
      LOCK.unlock();
    }
  }

  private static void open(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
  }

  private static Optional<GpuLease> tryAny(Path folder, List<String> addresses) throws IOException {
    for (String address : addresses) {
      Optional<GpuLease> lease = tryOne(folder, address);
      if (lease.isPresent()) {
        return lease;
      }
    }
    return Optional.empty();
  }

  private static Optional<GpuLease> tryOne(Path folder, String address) throws IOException {
    Path file = folder.toAbsolutePath().normalize().resolve(fileName(address));
    if (HELD.contains(file)) {
      return Optional.empty();
    }
    boolean absent = !Files.exists(file);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    if (absent) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    HELD.add(file);
    return Optional.of(new GpuLease(address, file, channel, lock));
  }

  private static String fileName(String address) {
    return HexFormat.of().formatHex(address.getBytes(StandardCharsets.UTF_8)) + ".lock";
  }

  /** The device. */
  public Device device() {
    return Device.gpu(address);
  }

  /** Gives the device back; once more does nothing. */
  @Override
  public void close() {
    LOCK.lock();
    try {
      if (channel.isOpen()) {
        lock.release();
        channel.close();
        HELD.remove(file);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the lease of " + address + " cannot be ended", e);
    } finally {
      RETURNED.signalAll();
      LOCK.unlock();
    }
  }
}
