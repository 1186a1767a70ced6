package org.rtpipeline.spark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * What a run did, for its last lines.
 *
 * @param runId name of the run
 * @param files what became of the files
 * @param courses what became of the courses
 * @param reasons why files and courses were left out, most frequent first
 * @param stages use of the machine, in order
 * @param results paths and URIs of what people open
 * @param notices sentences for the person who runs it
 * @param parallelism the rule as it was applied, one line
 * @param wallSeconds time of the whole run, s
 */
public record RunSummary(
    String runId,
    Files files,
    Courses courses,
    List<Reason> reasons,
    List<StageUse> stages,
    List<String> results,
    List<String> notices,
    String parallelism,
    double wallSeconds) {

  /** Copies the lists. */
  public RunSummary {
    reasons = List.copyOf(reasons);
    stages = List.copyOf(stages);
    results = List.copyOf(results);
    notices = List.copyOf(notices);
  }

  /**
   * The summary for a program: counts and use of the machine, nothing of a patient; examples of
   * reasons may name files, so they are left out.
   *
   * @param row times and configuration of the run
   */
  String json(RunRow row) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("runId", runId)
        .put("startedUtc", row.startedUtc())
        .put("finishedUtc", row.finishedUtc())
        .put("productVersion", row.productVersion())
        .put("configurationSha256", row.configurationSha256())
        .put("parallelism", parallelism)
        .put("wallSeconds", wallSeconds);
    node.putObject("files")
        .put("seen", files.seen())
        .put("used", files.used())
        .put("ignored", files.ignored())
        .put("rejected", files.rejected())
        .put("known", files.known());
    node.putObject("courses")
        .put("found", courses.found())
        .put("done", courses.done())
        .put("skipped", courses.skipped())
        .put("failed", courses.failed());
    ArrayNode why = node.putArray("reasons");
    reasons.forEach(
        r ->
            why.addObject()
                .put("what", r.what().name().toLowerCase(Locale.ROOT))
                .put("code", r.code())
                .put("count", r.count()));
    ArrayNode uses = node.putArray("stages");
    stages.forEach(
        use ->
            uses.addObject()
                .put("stage", use.stage().word())
                .put("partitions", use.partitions())
                .put("tasksAtOnce", use.tasksAtOnce())
                .put("utilisation", use.utilisation())
                .put("wallSeconds", use.wallSeconds()));
    ArrayNode written = node.putArray("results");
    results.forEach(written::add);
    return node.toPrettyString() + "\n";
  }

  /**
   * What became of the files of the input.
   *
   * @param used with a usable object
   * @param ignored of no use here
   * @param rejected that cannot be used
   * @param seen that were listed
   * @param known that were not opened, since they have not changed after an earlier scan
   */
  public record Files(long used, long ignored, long rejected, long seen, long known)
      implements Serializable {
    /** Stops a run in which a file has vanished, or has come from nowhere. */
    public Files {
      if (used + ignored + rejected != seen) {
        throw new IllegalStateException(
            "files seen "
                + seen
                + ", but used "
                + used
                + " + ignored "
                + ignored
                + " + rejected "
                + rejected);
      }
      if (known < 0 || known > seen) {
        throw new IllegalStateException("files seen " + seen + ", but known " + known);
      }
    }
  }

  /**
   * What became of the courses of the run.
   *
   * @param done with a result
   * @param skipped that no stage could use
   * @param failed that broke
   * @param found that were to be computed
   */
  public record Courses(long done, long skipped, long failed, long found) implements Serializable {
    /** Stops a run in which a course has vanished. */
    public Courses {
      if (done + skipped + failed != found) {
        throw new IllegalStateException(
            "courses found "
                + found
                + ", but done "
                + done
                + " + skipped "
                + skipped
                + " + failed "
                + failed);
      }
    }
  }

  /**
   * Why something was left out.
   *
   * @param what course, file or object
   * @param code stable name of the fact
   * @param count how many
   * @param example one of them: a course key, a file name or a UID
   * @param message what was seen there
   */
  public record Reason(What what, String code, long count, String example, String message)
      implements Serializable {}

  /** What a reason is about. */
  public enum What {
    COURSE,
    FILE,
    OBJECT
  }
}
