package org.rtpipeline.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.rtpipeline.segmentation.worker.GpuLease;

/**
 * Where the tasks of a segmentation have their devices from.
 *
 * @param source who hands them out
 * @param addresses devices of this machine, for leases; else empty
 * @param leaseFolder where the locks of the leases lie, for leases; else empty
 */
record TaskDevices(Source source, List<String> addresses, String leaseFolder)
    implements Serializable {

  /** Who hands out devices. */
  enum Source {
    /** Nobody: tasks compute on their core. */
    PROCESSOR,
    /** Spark, one address for each task. */
    SPARK,
    /** Locks on files: Spark hands out nothing where the driver is the executor. */
    LEASE
  }

  /** Copies the list. */
  TaskDevices {
    addresses = List.copyOf(addresses);
  }

  /** Tasks on their core. */
  static TaskDevices processor() {
    return new TaskDevices(Source.PROCESSOR, List.of(), "");
  }

  /** Tasks on the address that Spark gave them. */
  static TaskDevices ofSpark() {
    return new TaskDevices(Source.SPARK, List.of(), "");
  }

  /** Tasks on devices of this machine, shared with its other programs. */
  static TaskDevices leased(List<String> addresses) {
    return leased(addresses, GpuLease.folderOfMachine());
  }

  static TaskDevices leased(List<String> addresses, Path leaseFolder) {
    return new TaskDevices(Source.LEASE, addresses, leaseFolder.toString());
  }
}
