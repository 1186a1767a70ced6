package org.rtpipeline.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.Job;
import org.rtpipeline.model.ProductVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what this machine gives a run. */
@Command(
    name = "doctor",
    description = {
      "Show what this machine gives a run: versions, memory, GPUs, and whether the back end of the",
      "segmentation that a job names has its program, weights and licence, and passes its self-test."
    },
    sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
  private static final long MIB = 1024L * 1024;

  private final Rooms rooms;

  @Spec @Nullable CommandSpec spec;

  @Mixin JobArguments arguments = new JobArguments();

  DoctorCommand(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public Integer call() throws ConfigurationException {
    Job job = arguments.job();
    var out = Console.of(spec).out();
    Runtime machine = Runtime.getRuntime();
    out.println("rtpipeline  " + ProductVersion.text());
    out.println("spark       " + Versions.spark());
    out.println("java        " + Runtime.version() + ", " + System.getProperty("java.vendor"));
    out.println(
        "system      " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    out.println("cores       " + machine.availableProcessors());
    out.println("heap        " + machine.maxMemory() / MIB + " MiB, change it by RTPIPELINE_HEAP");
    rooms.segmentation(job).forEach(out::println);
    return ExitCode.DONE.number();
  }
}
