package org.rtpipeline.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.Selection;
import org.rtpipeline.model.Finding;
import org.rtpipeline.spark.RunSummary;
import org.rtpipeline.spark.StageUse;

/** The last lines of a run. */
final class RunEndText {
  private static final int MOST_REASONS = 10;
  private static final String ALL = "*";

  private RunEndText() {}

  /**
   * Prints where the results are to standard output, and all else beside it.
   *
   * @param end what the run left
   * @param truth differences from the truth of a phantom cohort, one line each
   * @param job what it was asked for
   * @param console where to print
   */
  static void print(RunSummary end, List<String> truth, Job job, Console console) {
    PrintWriter err = console.err();
    stages(end, err);
    if (!truth.isEmpty()) {
      err.println();
      truth.forEach(err::println);
    }
    err.println();
    counts(end, err);
    reasons(end, err);
    end.notices().forEach(notice -> err.println("note: " + notice));
    if (end.courses().found() == 0) {
      err.println(nothingDone(job.selection()));
    }
    err.println("run " + end.runId() + ", its record is in " + job.output() + "/runs");
    err.flush();
    ResultLines.of(end.results()).forEach(console.out()::println);
    console.out().flush();
  }

  /** What the shell is told: a selection or an input without any course is a mistake. */
  static ExitCode exitCode(RunSummary end, Job job) {
    RunSummary.Courses courses = end.courses();
    if (courses.found() == 0) {
      return isRetry(job.selection()) ? ExitCode.DONE : ExitCode.USAGE;
    }
    return courses.skipped() + courses.failed() == 0 && !hidesFolder(end)
        ? ExitCode.DONE
        : ExitCode.PARTIAL;
  }

  /** Whether there may be courses that nobody has seen. */
  private static boolean hidesFolder(RunSummary end) {
    return end.reasons().stream()
        .anyMatch(reason -> reason.code().equals(Finding.Code.FOLDER_UNREADABLE.name()));
  }

  private static boolean isRetry(Selection selection) {
    return selection.which() == Selection.Which.ONLY_FAILED;
  }

  private static String nothingDone(Selection selection) {
    if (isRetry(selection)) {
      return "nothing to do: every course that is asked for has finished before";
    }
    return selection.courseGlob().equals(ALL)
        ? "error: the input holds no course"
        : "error: no course has a key, a label or a patient id like " + selection.courseGlob();
  }

  private static void counts(RunSummary end, PrintWriter err) {
    RunSummary.Files files = end.files();
    err.printf(
        Locale.ROOT,
        "files:   %d seen = %d used + %d ignored + %d rejected%n",
        files.seen(),
        files.used(),
        files.ignored(),
        files.rejected());
    if (files.known() > 0) {
      err.printf(
          Locale.ROOT,
          "         %d of them unchanged since an earlier scan, not opened again%n",
          files.known());
    }
    RunSummary.Courses courses = end.courses();
    err.printf(
        Locale.ROOT,
        "courses: %d found = %d done + %d skipped + %d failed, in %s%n",
        courses.found(),
        courses.done(),
        courses.skipped(),
        courses.failed(),
        ProgressLine.clock(Math.round(end.wallSeconds())));
  }

  private static void reasons(RunSummary end, PrintWriter err) {
    List<RunSummary.Reason> reasons = end.reasons();
    if (reasons.isEmpty()) {
      return;
    }
    err.println("left out, by reason:");
    for (RunSummary.Reason reason : reasons.subList(0, Math.min(MOST_REASONS, reasons.size()))) {
      err.printf(
          Locale.ROOT,
          "  %-10s %s: %s (%s)%n",
          counted(reason),
          reason.code(),
          reason.message(),
          (reason.count() == 1 ? "" : "as ") + reason.example());
    }
    String all = ResultLines.has(end.results(), "findings.csv") ? "findings.csv" : "table findings";
    if (reasons.size() > MOST_REASONS) {
      err.println("  … " + (reasons.size() - MOST_REASONS) + " more in " + all);
    } else {
      err.println("  each one is in " + all);
    }
  }

  private static String counted(RunSummary.Reason reason) {
    String one = reason.what().name().toLowerCase(Locale.ROOT);
    return reason.count() + " " + one + (reason.count() == 1 ? "" : "s");
  }

  private static void stages(RunSummary end, PrintWriter err) {
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
    for (StageUse use : end.stages()) {
      err.printf(
          Locale.ROOT,
          "%-16s %10d %13d %10.0f%% %8.1f%n",
          use.stage().word(),
          use.partitions(),
          use.tasksAtOnce(),
          100 * use.utilisation(),
          use.wallSeconds());
    }
  }
}
