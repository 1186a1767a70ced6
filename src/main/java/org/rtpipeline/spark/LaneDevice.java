package org.rtpipeline.spark;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.segmentation.worker.GpuLease;
import org.rtpipeline.segmentation.worker.WorkerPool;

/** The device of a lane, leased when a course first needs it: results that are there need none. */
final class LaneDevice implements AutoCloseable {

  private final TaskDevices devices;
  private @Nullable GpuLease lease;

  LaneDevice(TaskDevices devices) {
    this.devices = devices;
  }

  /** Whether the lane holds one. */
  boolean isTaken() {
    return lease != null;
  }

  /** The device; waits for a free one when the lane holds none. */
  TaskDevice taken() throws IOException, InterruptedException {
    GpuLease held = lease;
    if (held == null) {
      held = GpuLease.take(Path.of(devices.leaseFolder()), devices.addresses());
      lease = held;
    }
    return TaskDevice.leased(held.device().address());
  }

  /** Gives it back; the next holder finds it empty. */
  @Override
  public void close() throws IOException {
    GpuLease held = lease;
    if (held != null) {
      try (held) {
        WorkerPool.ofThisJvm().retire(held.device());
      }
    }
  }
}
