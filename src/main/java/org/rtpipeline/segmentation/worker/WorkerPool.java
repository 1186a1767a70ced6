package org.rtpipeline.segmentation.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.rtpipeline.segmentation.Device;

/**
 * The warm workers of a JVM: at most one process for each GPU, whichever task uses it next. A
 * worker that nobody uses ends itself after its idle time, and all end with the JVM.
 */
public final class WorkerPool {

  private static final WorkerPool OF_THIS_JVM = new WorkerPool();

  private final Map<Key, List<WorkerProcess>> idle = new HashMap<>();
  private boolean endsWithJvm;

  /** What makes two workers interchangeable: a process runs whatever model a request names. */
  private record Key(
      Device device,
      List<String> command,
      WorkerLimits limits,
      int threads,
      String weightsFolder,
      String licenceFile) {
    static Key of(Device device, WorkerOptions options) {
      return new Key(
          device,
          options.command(),
          options.limits(),
          options.threads(),
          options.weightsFolder(),
          options.licenceFile());
    }
  }

  WorkerPool() {}

  /** The pool that all tasks of this JVM share. */
  public static WorkerPool ofThisJvm() {
    return OF_THIS_JVM;
  }

  /** A worker on a device for one image: a warm one when there is one. */
  WorkerProcess borrow(WorkerOptions options, Device device)
      throws WorkerFault, InterruptedException {
    List<WorkerProcess> useless = new ArrayList<>();
    WorkerProcess warm = null;
    synchronized (this) {
      endWithJvm();
      List<WorkerProcess> here = idle.getOrDefault(Key.of(device, options), new ArrayList<>());
      while (warm == null && !here.isEmpty()) {
        WorkerProcess next = here.remove(here.size() - 1);
        if (next.isUsable()) {
          warm = next;
        } else {
          useless.add(next);
        }
      }
      if (warm == null && device.kind() == Device.Kind.GPU) {
        useless.addAll(taken(device));
      }
    }
    useless.forEach(WorkerProcess::close);
    return warm == null ? WorkerProcess.start(options, device) : warm;
  }

  /** Takes a worker back: warm for the next image, or ended when it is worn or broken. */
  void giveBack(WorkerOptions options, WorkerProcess worker) {
    if (!worker.isUsable()) {
      worker.close();
      return;
    }
    synchronized (this) {
      idle.computeIfAbsent(Key.of(worker.device(), options), key -> new ArrayList<>()).add(worker);
    }
  }

  /** Ends the idle workers of a device, before it goes to somebody else. */
  public void retire(Device device) {
    List<WorkerProcess> leaving;
    synchronized (this) {
      leaving = taken(device);
    }
    leaving.forEach(WorkerProcess::close);
  }

  /** Ends all idle workers. */
  public void retireAll() {
    List<WorkerProcess> leaving = new ArrayList<>();
    synchronized (this) {
      idle.values().forEach(leaving::addAll);
      idle.clear();
    }
    leaving.forEach(WorkerProcess::close);
  }

  private List<WorkerProcess> taken(Device device) {
    List<WorkerProcess> taken = new ArrayList<>();
    Iterator<Map.Entry<Key, List<WorkerProcess>>> entries = idle.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Key, List<WorkerProcess>> entry = entries.next();
      if (entry.getKey().device().equals(device)) {
        taken.addAll(entry.getValue());
        entries.remove();
      }
    }
    return taken;
  }

  private void endWithJvm() {
    if (!endsWithJvm) {
      endsWithJvm = true;
      Runtime.getRuntime().addShutdownHook(new Thread(this::retireAll, "segmentation-shutdown"));
    }
  }
}
