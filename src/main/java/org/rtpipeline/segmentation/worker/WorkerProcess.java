package org.rtpipeline.segmentation.worker;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.rtpipeline.segmentation.Device;

/** A worker that has said hello and takes images, one after the other. */
final class WorkerProcess implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration EXIT = Duration.ofSeconds(2);
  private static final int KILLED = 137;
  private static final int LONGEST_QUOTE = 200;

  private final WorkerOptions options;
  private final Device device;
  private final PrivateHome home;
  private final ChildProcess child;
  private String version = "";
  private int courses;
  private boolean broken;

  private WorkerProcess(
      WorkerOptions options, Device device, PrivateHome home, ChildProcess child) {
    this.options = options;
    this.device = device;
    this.home = home;
    this.child = child;
  }

  /**
   * Starts a worker on a device and waits for its hello.
   *
   * @throws WorkerFault when it does not start, or not on that device
   */
  static WorkerProcess start(WorkerOptions options, Device device)
      throws WorkerFault, InterruptedException {
    WorkerProcess worker = launched(options, device);
    try {
      worker.greet();
      return worker;
    } catch (WorkerFault | InterruptedException e) {
      worker.close();
      throw e;
    }
  }

  private static WorkerProcess launched(WorkerOptions options, Device device) throws WorkerFault {
    PrivateHome home = null;
    try {
      home = PrivateHome.create(options);
      ChildProcess child =
          ChildProcess.start(
              home.command(), home.environment(device), home.folder(), options.limits().shutdown());
      return new WorkerProcess(options, device, home, child);
    } catch (IOException e) {
      if (home != null) {
        home.remove();
      }
      throw new WorkerFault(
          WorkerFault.Kind.NOT_STARTED,
          "the worker " + options.command().get(0) + " cannot be started: " + e.getMessage());
    }
  }

  private void greet() throws WorkerFault, InterruptedException {
    WorkerMessage message;
    try {
      message = firstOfItsOwn();
    } catch (WorkerFault fault) {
      throw fault.kind() == WorkerFault.Kind.TIME_LIMIT
          ? new WorkerFault(
              WorkerFault.Kind.NOT_STARTED,
              "the worker said no hello for " + options.limits().start().toMillis() / 1000.0 + " s")
          : fault;
    }
    if (!(message instanceof WorkerMessage.Hello hello)) {
      throw garbage("a worker says hello first");
    }
    if (device.kind() == Device.Kind.GPU && hello.gpu().isEmpty()) {
      throw new WorkerFault(
          WorkerFault.Kind.NO_GPU,
          "the worker was given the GPU " + device.address() + " and runs without one");
    }
    version = hello.version();
  }

  private WorkerMessage firstOfItsOwn() throws WorkerFault, InterruptedException {
    Watch watch = new Watch(options.limits().start(), options.limits().start());
    WorkerMessage message = next(watch, WorkerFault.Kind.NOT_STARTED);
    while (message instanceof WorkerMessage.Beat || message instanceof WorkerMessage.Progress) {
      message = next(watch, WorkerFault.Kind.NOT_STARTED);
    }
    return message;
  }

  /** Name and version that it gave of itself. */
  String version() {
    return version;
  }

  Device device() {
    return device;
  }

  long pid() {
    return child.pid();
  }

  /** Whether it may be given another image. */
  boolean isUsable() {
    return !broken && child.isAlive() && courses < options.limits().coursesPerProcess();
  }

  /**
   * Gives it an image and waits for the labels.
   *
   * @param request the message, one line of JSON
   */
  WorkerMessage.Result run(String request) throws WorkerFault, InterruptedException {
    courses++;
    broken = true;
    Watch watch = new Watch(options.limits().silence(), options.limits().course());
    if (!child.send(request)) {
      throw ended(WorkerFault.Kind.CRASH);
    }
    while (true) {
      WorkerMessage message = next(watch, WorkerFault.Kind.CRASH);
      if (message instanceof WorkerMessage.Result result) {
        broken = false;
        return result;
      }
      if (message instanceof WorkerMessage.Progress progress) {
        watch.step(progress.phase() + ' ' + progress.done());
      } else if (!(message instanceof WorkerMessage.Beat)) {
        throw garbage("a message of another place");
      }
      watch.requireSteps(options.limits().stall());
    }
  }

  /** The next message; its errors are faults. */
  private WorkerMessage next(Watch watch, WorkerFault.Kind atEnd)
      throws WorkerFault, InterruptedException {
    while (true) {
      Optional<String> line = child.line(LOOK);
      if (line.isPresent()) {
        watch.word();
        WorkerMessage message =
            WorkerMessage.parse(line.get()).orElseThrow(() -> garbage(quoted(line.get())));
        if (message instanceof WorkerMessage.Failure failure) {
          broken = failure.kind() != WorkerFault.Kind.BAD_INPUT;
          throw new WorkerFault(failure.kind(), quoted(failure.message()));
        }
        watch.requireTime();
        return message;
      }
      if (child.isSilentForEver()) {
        throw ended(atEnd);
      }
      watch.requireTime();
      watch.requireWords();
    }
  }

  private static WorkerFault garbage(String what) {
    return new WorkerFault(
        WorkerFault.Kind.GARBAGE, "the worker said what is no message of the protocol: " + what);
  }

  private WorkerFault ended(WorkerFault.Kind kind) throws InterruptedException {
    Optional<Integer> code = child.exitCode(EXIT);
    boolean killed = code.filter(c -> c == KILLED).isPresent();
    String end = code.map(c -> "exit code " + c).orElse("no exit code");
    return new WorkerFault(
        killed && kind == WorkerFault.Kind.CRASH ? WorkerFault.Kind.OOM_HOST : kind,
        "the worker ended with "
            + end
            + (killed ? ", as when the system lacks memory" : "")
            + (child.lastError().isEmpty() ? "" : "; it said last: " + quoted(child.lastError())));
  }

  private static String quoted(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
  }

  @Override
  public void close() {
    child.close();
    home.remove();
  }

  /** Keeps the times of one exchange. */
  private static final class Watch {
    private final Duration silence;
    private final Duration limit;
    private final long startNanos = System.nanoTime();
    private long wordNanos = startNanos;
    private long stepNanos = startNanos;
    private String step = "";

    Watch(Duration silence, Duration limit) {
      this.silence = silence;
      this.limit = limit;
    }

    void word() {
      wordNanos = System.nanoTime();
    }

    void step(String now) {
      if (!now.equals(step)) {
        step = now;
        stepNanos = System.nanoTime();
      }
    }

    void requireTime() throws WorkerFault {
      require(startNanos, limit, WorkerFault.Kind.TIME_LIMIT, "the worker is not done after ");
    }

    void requireWords() throws WorkerFault {
      require(wordNanos, silence, WorkerFault.Kind.SILENT, "the worker said nothing for ");
    }

    void requireSteps(Duration stall) throws WorkerFault {
      require(
          stepNanos,
          stall,
          WorkerFault.Kind.STALLED,
          "the worker lives and made no step after '" + step + "' for ");
    }

    private static void require(long since, Duration most, WorkerFault.Kind kind, String what)
        throws WorkerFault {
      if (System.nanoTime() - since > most.toNanos()) {
        throw new WorkerFault(kind, what + most.toMillis() / 1000.0 + " s");
      }
    }
  }
}
