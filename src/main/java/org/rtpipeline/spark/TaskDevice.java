package org.rtpipeline.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.worker.GpuLease;
import org.rtpipeline.segmentation.worker.WorkerPool;

/**
 * The one device of a running task. A leased one is taken when it is first asked for, and goes back
 * with the end of the task, its worker ended before: the next holder finds it empty. One that Spark
 * handed out keeps its worker warm for the next task.
 */
final class TaskDevice {

  /** The name of GPUs among Spark's resources. */
  static final String GPU = "gpu";

  private final TaskDevices devices;
  private final TaskContext context;
  private @Nullable GpuLease lease;

  private TaskDevice(TaskDevices devices, TaskContext context) {
    this.devices = devices;
    this.context = context;
  }

  /** The device of a task, not yet taken. */
  static TaskDevice of(TaskDevices devices, TaskContext context) {
    TaskDevice device = new TaskDevice(devices, context);
    if (devices.source() == TaskDevices.Source.LEASE) {
      TaskCompletionListener atEnd = ended -> device.giveBack();
      context.addTaskCompletionListener(atEnd);
    }
    return device;
  }

  /** The device; waits for a lease. */
  Device device() throws IOException, InterruptedException {
    return switch (devices.source()) {
      case PROCESSOR -> Device.CPU;
      case SPARK -> Device.gpu(address());
      case LEASE -> leased();
    };
  }

  private String address() {
    Map<String, ResourceInformation> resources = context.resourcesJMap();
    ResourceInformation gpus = resources.get(GPU);
    if (gpus == null || gpus.addresses().length != 1) {
      throw new IllegalStateException(
          "the task has "
              + (gpus == null ? 0 : gpus.addresses().length)
              + " GPU addresses, expected 1");
    }
    return gpus.addresses()[0];
  }

  private Device leased() throws IOException, InterruptedException {
    GpuLease mine = lease;
    if (mine == null) {
      mine = GpuLease.take(Path.of(devices.leaseFolder()), devices.addresses());
      lease = mine;
    }
    return mine.device();
  }

  private void giveBack() {
    GpuLease mine = lease;
    if (mine != null) {
      WorkerPool.ofThisJvm().retire(mine.device());
      mine.close();
      lease = null;
    }
  }
}
