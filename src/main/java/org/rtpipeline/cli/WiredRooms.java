package org.rtpipeline.cli;

import java.nio.file.Path;
import java.util.List;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.PhantomSection;

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
    throw absent("phantom");
  }

  @Override
  public List<String> export(Job job) throws CommandException {
    throw absent("export");
  }

  private static CommandException absent(String command) {
    return new CommandException(ExitCode.INTERNAL, command + " is not part of this build");
  }
}
