package org.rtpipeline.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.JobSource.Place;
import org.rtpipeline.report.ExportSummary;
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
    Console console = Console.of(spec);
    ExportSummary written = rooms.export(job);
    written.notices().forEach(notice -> console.err().println("note: " + notice));
    console.err().flush();
    ResultLines.of(written.files()).forEach(console.out()::println);
    return ExitCode.DONE.number();
  }
}
