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

/** Writes the copies of the tables that people open, again. */
@Command(
    name = "export",
    description = "Write <output>/_RESULTS again from the tables of earlier runs.",
    sortOptions = false)
final class ExportCommand implements Callable<Integer> {
  private final Rooms rooms;

  @Spec @Nullable CommandSpec spec;

  @Mixin JobArguments arguments = new JobArguments();

  ExportCommand(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public Integer call() throws ConfigurationException, CommandException {
    Job job = arguments.job(Place.OUTPUT);
    rooms.export(job).forEach(Console.of(spec).out()::println);
    return ExitCode.DONE.number();
  }
}
