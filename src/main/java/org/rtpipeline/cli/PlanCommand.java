package org.rtpipeline.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.JobSource.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what a run would do. */
@Command(
    name = "plan",
    description = "Say what a run would do: stages, courses, partitions, tasks at once.",
    sortOptions = false)
final class PlanCommand implements Callable<Integer> {
  private final Rooms rooms;

  @Spec @Nullable CommandSpec spec;

  @Mixin JobArguments arguments = new JobArguments();

  PlanCommand(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public Integer call() throws ConfigurationException, CommandException {
    Job job = arguments.job(Place.INPUT, Place.OUTPUT);
    InputFolder.check(job);
    rooms.plan(job).forEach(Console.of(spec).out()::println);
    return ExitCode.DONE.number();
  }
}
