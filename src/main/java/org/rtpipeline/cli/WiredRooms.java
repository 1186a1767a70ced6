package org.rtpipeline.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.PhantomSection;
import org.rtpipeline.config.SiteKey;
import org.rtpipeline.phantom.PhantomCohort;
import org.rtpipeline.phantom.PhantomOptions;
import org.rtpipeline.phantom.PhantomSize;
import org.rtpipeline.report.Exports;
import org.rtpipeline.spark.CohortRun;
import org.rtpipeline.spark.InputException;
import org.rtpipeline.spark.RunRequest;
import org.rtpipeline.spark.RunSummary;
import org.rtpipeline.spark.SparkEngine;
import org.rtpipeline.spark.StageName;
import org.rtpipeline.store.PatientIds;
import org.rtpipeline.store.TableStore;

/** The commands' work done by the packages of the product. */
final class WiredRooms implements Rooms {
  @Override
  public RunEnd run(Job job, ProgressLine progress)
      throws CommandException, ConfigurationException {
    byte[] siteKey = SiteKey.bytes(Path.of(job.privacy().keyFile()));
    try (SparkEngine engine = SparkEngine.start(job.engine())) {
      return end(CohortRun.run(engine, RunRequest.of(job, siteKey), progress::show));
    } catch (InputException unusable) {
      throw mistake(unusable);
    }
  }

  @Override
  public List<String> plan(Job job) throws CommandException {
    try (SparkEngine engine = SparkEngine.start(job.engine())) {
      List<String> lines = new ArrayList<>();
      lines.add(engine.parallelism().summary());
      Arrays.stream(StageName.values())
          .map(
              stage ->
                  String.format(
                      Locale.ROOT,
                      "%-10s %4d partitions  %s",
                      stage.word(),
                      engine.parallelism().partitions(stage.width()),
                      stage.meaning()))
          .forEach(lines::add);
      return lines;
    } catch (InputException unusable) {
      throw mistake(unusable);
    }
  }

  @Override
  public void phantom(Path folder, PhantomSection cohort) throws CommandException {
    try {
      PhantomCohort.write(
          folder,
          new PhantomOptions(
              cohort.patients(), cohort.seed(), PhantomSize.valueOf(cohort.size().name())));
    } catch (IOException unwritable) {
      throw new CommandException(
          ExitCode.USAGE, "the phantoms cannot be written: " + unwritable.getMessage());
    }
  }

  @Override
  public List<String> export(Job job) throws CommandException {
    try (SparkEngine engine = SparkEngine.start(job.engine())) {
      TableStore store =
          new TableStore(
              engine.context(), job.output(), engine.parallelism().partitions(), PatientIds.kept());
      return Exports.write(engine.context(), store, job.output(), job.export()).files();
    } catch (InputException unusable) {
      throw mistake(unusable);
    } catch (IOException unreadable) {
      throw new CommandException(
          ExitCode.USAGE, "the tables cannot be exported: " + unreadable.getMessage());
    }
  }

  private static CommandException mistake(InputException unusable) {
    return new CommandException(ExitCode.USAGE, String.valueOf(unusable.getMessage()));
  }

  private static RunEnd end(RunSummary summary) {
    return new RunEnd(
        summary.results(),
        summary.courses().done(),
        summary.courses().skipped(),
        summary.courses().failed(),
        summary.reasons().stream()
            .map(r -> new RunEnd.Reason(r.code(), r.count(), r.example(), r.message()))
            .toList(),
        summary.stages().stream()
            .map(
                use ->
                    new RunEnd.StageUse(
                        use.stage().word(),
                        use.partitions(),
                        use.tasksAtOnce(),
                        use.utilisation(),
                        use.wallSeconds()))
            .toList(),
        summary.wallSeconds());
  }
}
