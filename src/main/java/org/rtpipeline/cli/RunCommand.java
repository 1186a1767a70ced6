package org.rtpipeline.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.JobSource.Place;
import org.rtpipeline.config.PhantomSection.Making;
import org.rtpipeline.spark.RunSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Computes what a job asks for. */
@Command(
    name = "run",
    description = "Compute what a job asks for; this is what happens when no command is named.",
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all courses done",
      "1:the product broke",
      "2:arguments, configuration or input cannot be used",
      "3:finished, some courses were skipped or failed, or a folder could not be listed",
      "75:another run holds the output"
    })
final class RunCommand implements Callable<Integer> {
  private final Rooms rooms;

  @Spec @Nullable CommandSpec spec;

  @Mixin JobArguments arguments = new JobArguments();

  @Option(names = "--dry-run", description = "say what a run would do, and do nothing")
  @Nullable Boolean dryRun;

  RunCommand(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public Integer call() throws ConfigurationException, CommandException {
    Console console = Console.of(spec);
    Job job = arguments.job(Place.INPUT, Place.OUTPUT);
    if (dryRun != null) {
      PlanCommand.plan(rooms, job, console.err()).text().forEach(console.out()::println);
      return ExitCode.DONE.number();
    }
    OutputFolder.check(job);
    if (job.phantom().making() == Making.WHEN_ABSENT && InputFolder.isAbsentOrEmpty(job)) {
      console.err().println("making a phantom cohort in " + job.input());
      console.err().flush();
      rooms.phantom(InputFolder.local(job), job.phantom());
    }
    InputFolder.check(job);
    console.err().println("reading " + job.input());
    console.err().flush();
    ProgressLine progress = progress(console.err(), job);
    RunSummary end;
    try {
      end = rooms.run(job, progress);
    } finally {
      progress.finish();
    }
    RunEndText.print(end, TruthLines.of(job), job, console);
    return RunEndText.exitCode(end, job).number();
  }

  private static ProgressLine progress(PrintWriter err, Job job) {
    return new ProgressLine(
        err,
        Ansi.AUTO.enabled() ? ProgressLine.Display.TERMINAL : ProgressLine.Display.PLAIN,
        Duration.ofSeconds(job.engine().progressSeconds()),
        InstantSource.system());
  }
}
