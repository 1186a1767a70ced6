package org.rtpipeline.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.rtpipeline.config.Job;

/** The last lines of a run. */
final class RunEndText {
  private RunEndText() {}

  /**
   * Prints where the results are to standard output, and all else beside it.
   *
   * @param end what the run left
   * @param truth differences from the truth of a phantom cohort, one line each
   * @param job what it was asked for
   * @param console where to print
   */
  static void print(RunEnd end, List<String> truth, Job job, Console console) {
    PrintWriter err = console.err();
    stages(end, err);
    if (!truth.isEmpty()) {
      err.println();
      truth.forEach(err::println);
    }
    err.println();
    err.printf(
        Locale.ROOT,
        "courses: %d done, %d skipped, %d failed in %s%n",
        end.done(),
        end.skipped(),
        end.failed(),
        ProgressLine.clock(Math.round(end.wallSeconds())));
    for (RunEnd.Reason reason : end.reasons()) {
      err.printf(
          Locale.ROOT,
          "  %d x %s, as %s: %s%n",
          reason.count(),
          reason.code(),
          reason.example(),
          reason.message());
    }
    err.println("results in " + job.output() + ":");
    err.flush();
    end.results().forEach(console.out()::println);
    console.out().flush();
  }

  private static void stages(RunEnd end, PrintWriter err) {
    if (end.stages().isEmpty()) {
      return;
    }
    err.printf(
        Locale.ROOT,
        "%-16s %10s %13s %11s %8s%n",
        "stage",
        "partitions",
        "tasks at once",
        "utilisation",
        "time s");
    for (RunEnd.StageUse stage : end.stages()) {
      err.printf(
          Locale.ROOT,
          "%-16s %10d %13d %10.0f%% %8.1f%n",
          stage.name(),
          stage.partitions(),
          stage.tasksAtOnce(),
          100 * stage.utilisation(),
          stage.wallSeconds());
    }
  }
}
