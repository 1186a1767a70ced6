package org.rtpipeline.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.JobSource.Place;
import org.rtpipeline.config.PhantomSection.Making;
import org.rtpipeline.spark.RunPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what a run would do. */
@Command(
    name = "plan",
    description = {
      "Say what a run would do here: stages, courses, partitions, GPU slots, threads.",
      "The input is read as far as its headers; without one the plan is of the machine alone.",
      "Nothing is written."
    },
    sortOptions = false)
final class PlanCommand implements Callable<Integer> {
  private final Rooms rooms;

  @Spec @Nullable CommandSpec spec;

  @Mixin JobArguments arguments = new JobArguments();

  @Option(names = "--json", description = "print the plan for a program")
  @Nullable Boolean json;

  PlanCommand(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public Integer call() throws ConfigurationException, CommandException {
    Console console = Console.of(spec);
    Job job = arguments.job();
    if (!job.input().isEmpty()) {
      job = arguments.job(Place.INPUT, Place.OUTPUT);
    }
    RunPlan plan = plan(rooms, job, console.err());
    if (json == null) {
      plan.text().forEach(console.out()::println);
    } else {
      console.out().print(plan.json());
    }
    console.out().flush();
    return ExitCode.DONE.number();
  }

  /** The plan of a job; what its input lacks is said beside it. */
  static RunPlan plan(Rooms rooms, Job job, PrintWriter err)
      throws ConfigurationException, CommandException {
    if (job.input().isEmpty()) {
      return rooms.planOfMachine(job);
    }
    if (job.phantom().making() == Making.WHEN_ABSENT && InputFolder.isAbsentOrEmpty(job)) {
      err.println(
          "the run will make its input first: a phantom cohort of "
              + job.phantom().patients()
              + " patient(s) in "
              + job.input());
      err.flush();
      return rooms.planOfMachine(job);
    }
    InputFolder.check(job);
    return rooms.plan(job);
  }
}
