package org.rtpipeline.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.PhantomSection;
import org.rtpipeline.phantom.PhantomCohort;
import org.rtpipeline.phantom.PhantomOptions;
import org.rtpipeline.phantom.PhantomSize;

/** The commands' work done by the packages of the product. */
final class WiredRooms implements Rooms {
  @Override
  public RunEnd run(Job job, ProgressLine progress) throws CommandException {
    throw absent("run");
  }

  @Override
  public List<String> plan(Job job) throws CommandException {
    throw absent("plan");
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
    throw absent("export");
  }

  private static CommandException absent(String command) {
    return new CommandException(ExitCode.INTERNAL, command + " is not part of this build");
  }
}
