package org.rtpipeline.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows what this machine gives a run. */
@Command(name = "doctor", description = "Show what this machine gives a run.")
final class DoctorCommand implements Callable<Integer> {
  private static final long MIB = 1024L * 1024;

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var out = Console.of(spec).out();
    Runtime machine = Runtime.getRuntime();
    out.println("rtpipeline  " + Versions.product());
    out.println("spark       " + Versions.spark());
    out.println("java        " + Runtime.version() + ", " + System.getProperty("java.vendor"));
    out.println(
        "system      " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    out.println("cores       " + machine.availableProcessors());
    out.println("heap        " + machine.maxMemory() / MIB + " MiB, change it by RTPIPELINE_HEAP");
    return ExitCode.DONE.number();
  }
}
