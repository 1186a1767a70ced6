package org.rtpipeline.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.Job;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks a job and shows every value with its origin. */
@Command(
    name = "validate",
    description = "Check a job, and print every key with its value and where it came from.",
    sortOptions = false)
final class ValidateCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Mixin JobArguments arguments = new JobArguments();

  @Override
  public Integer call() throws ConfigurationException {
    Console console = Console.of(spec);
    Job job = arguments.job();
    console.out().print(job.configuration().text());
    console.out().flush();
    console.err().println("the configuration is good, sha256 " + job.configuration().sha256());
    return ExitCode.DONE.number();
  }
}
