package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.segmentation.Device;

/**
 * The one device of a task. Its worker stays warm for the next task on the device.
 *
 * @param source who hands it out
 * @param leased address that the driver has leased for the task; null when it has not
 */
record TaskDevice(TaskDevices.Source source, @Nullable String leased) implements Serializable {

  /** The name of GPUs among Spark's resources. */
  static final String GPU = "gpu";

  /** The core of the task. */
  static TaskDevice processor() {
    return new TaskDevice(TaskDevices.Source.PROCESSOR, null);
  }

  /** The address that Spark gives the task. */
  static TaskDevice ofSpark() {
    return new TaskDevice(TaskDevices.Source.SPARK, null);
  }

  /** An address that the driver has leased. */
  static TaskDevice leased(String address) {
    return new TaskDevice(TaskDevices.Source.LEASE, address);
  }

  /** None yet: enough for courses whose results are there. */
  static TaskDevice notTaken() {
    return new TaskDevice(TaskDevices.Source.LEASE, null);
  }

  /** Whether the task has a device. */
  boolean isTaken() {
    return source != TaskDevices.Source.LEASE || leased != null;
  }

  /** The device of the running task. */
  Device device() {
    return switch (source) {
      case PROCESSOR -> Device.CPU;
      case SPARK -> Device.gpu(address(TaskContext.get()));
      case LEASE -> Device.gpu(Objects.requireNonNull(leased));
    };
  }

  private static String address(TaskContext context) {
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
}
