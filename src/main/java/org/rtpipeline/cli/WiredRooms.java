package org.rtpipeline.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.EngineOptions;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.PhantomSection;
import org.rtpipeline.config.SiteKey;
import org.rtpipeline.phantom.MixedCohort;
import org.rtpipeline.phantom.PhantomCohort;
import org.rtpipeline.phantom.PhantomOptions;
import org.rtpipeline.phantom.PhantomSize;
import org.rtpipeline.report.ExportSummary;
import org.rtpipeline.spark.CohortRun;
import org.rtpipeline.spark.ExportRun;
import org.rtpipeline.spark.InputException;
import org.rtpipeline.spark.RunPlan;
import org.rtpipeline.spark.RunRequest;
import org.rtpipeline.spark.RunSummary;
import org.rtpipeline.spark.SegmentationDoctor;
import org.rtpipeline.spark.SparkEngine;
import org.rtpipeline.store.OutputHeldException;

/** The commands' work done by the packages of the product. */
final class WiredRooms implements Rooms {
  /** A plan names no course, so any key serves where none is made yet. */
  private static final byte[] NO_KEY_YET = new byte[32];

  private final Engines engines;

  /** Gives Spark. */
  @FunctionalInterface
  interface Engines {
    /**
     * Spark as the options ask for it.
     *
     * @throws InputException when its settings would break the rule of parallelism
     */
    SparkEngine start(EngineOptions options) throws InputException;
  }

  WiredRooms(Engines engines) {
    this.engines = engines;
  }

  @Override
  public RunSummary run(Job job, ProgressLine progress)
      throws CommandException, ConfigurationException {
    byte[] siteKey = SiteKey.bytes(Path.of(job.privacy().keyFile()));
    try (SparkEngine engine = engines.start(job.engine())) {
      return CohortRun.run(engine, RunRequest.of(job, siteKey), progress::show);
    } catch (InputException unusable) {
      throw mistake(unusable);
    } catch (OutputHeldException held) {
      throw held(held);
    }
  }

  @Override
  public RunPlan plan(Job job) throws CommandException, ConfigurationException {
    Path keyFile = Path.of(job.privacy().keyFile());
    byte[] siteKey = Files.exists(keyFile) ? SiteKey.bytes(keyFile) : NO_KEY_YET;
    try (SparkEngine engine = engines.start(job.engine())) {
      return RunPlan.of(engine, RunRequest.of(job, siteKey));
    } catch (InputException unusable) {
      throw mistake(unusable);
    }
  }

  @Override
  public RunPlan planOfMachine(Job job) throws CommandException {
    try (SparkEngine engine = engines.start(job.engine())) {
      RunRequest request = RunRequest.of(job, NO_KEY_YET);
      return RunPlan.ofRule(engine.parallelism(), request.stages(), request.segmentation());
    } catch (InputException unusable) {
      throw mistake(unusable);
    }
  }

  @Override
  public List<String> segmentation(Job job) {
    return SegmentationDoctor.lines(job.segmentation());
  }

  @Override
  public void phantom(Path folder, PhantomSection cohort) throws CommandException {
    try {
      if (cohort.cohort() == PhantomSection.Cohort.MIXED) {
        MixedCohort.write(folder, cohort.seed());
        return;
      }
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
  public ExportSummary export(Job job) throws CommandException {
    try (SparkEngine engine = engines.start(job.engine())) {
      return ExportRun.run(engine, job.output(), job.export());
    } catch (InputException unusable) {
      throw mistake(unusable);
    } catch (OutputHeldException held) {
      throw held(held);
    }
  }

  private static CommandException mistake(InputException unusable) {
    return new CommandException(ExitCode.USAGE, String.valueOf(unusable.getMessage()));
  }

  private static CommandException held(OutputHeldException held) {
    return new CommandException(ExitCode.HELD, String.valueOf(held.getMessage()));
  }
}
