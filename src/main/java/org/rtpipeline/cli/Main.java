package org.rtpipeline.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.Problem;
import org.rtpipeline.spark.SparkEngine;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command {@code rtpipeline}: radiotherapy DICOM folders to tables, on Apache Spark. */
@Command(
    name = "rtpipeline",
    description = "Radiotherapy DICOM folders to tables, on Apache Spark.",
    synopsisHeading = "%nUsage: ",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    header = {
      "Examples:",
      "  submit/local jobs/demo.conf                     a made-up cohort, start to end",
      "  submit/local --input DICOM --output RESULTS     DVH tables of a folder",
      "  submit/local plan --input DICOM --output RESULTS",
      "                                                  what that would do here",
      "  submit/local jobs/nightly.conf --only-failed    what did not finish last night",
      "  submit/local names --input DICOM                ROI names without a standard name",
      "  submit/local radiomics --image A.nii.gz --mask B.nii.gz --output F.csv",
      "                                                  features of one region of one image",
      ""
    },
    footer = {"", "Every key: docs/configuration.md. Completion: submit/local completion"})
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends the program with its exit code.
   *
   * @param arguments of the command line
   */
  public static void main(String[] arguments) {
    int exitCode =
        commandLine(new WiredRooms(SparkEngine::start)).execute(withDefaultCommand(arguments));
    System.exit(exitCode);
  }

  /** All commands over the given work. */
  static CommandLine commandLine(Rooms rooms) {
    CommandLine line =
        new CommandLine(new Main())
            .addSubcommand(new RunCommand(rooms))
            .addSubcommand(new PlanCommand(rooms))
            .addSubcommand(new ValidateCommand())
            .addSubcommand(new PhantomCommand(rooms))
            .addSubcommand(new ExportCommand(rooms))
            .addSubcommand(new NamesCommand(rooms))
            .addSubcommand(new RadiomicsCommand())
            .addSubcommand(new MigrateConfigCommand())
            .addSubcommand(new DoctorCommand(rooms))
            .addSubcommand(new CommandLine(new GenerateCompletion()).setCommandName("completion"));
    line.getSubcommands().values().forEach(Main::addHelp);
    return line.setParameterExceptionHandler(Main::misused)
        .setExecutionExceptionHandler((thrown, command, parsed) -> broken(thrown, command));
  }

  /** Puts {@code run} in front of arguments that name no command. */
  static String[] withDefaultCommand(String... arguments) {
    if (arguments.length == 0) {
      return new String[] {"--help"};
    }
    List<String> own = List.of("-h", "--help", "-V", "--version");
    List<String> commands =
        List.of(
            "run",
            "plan",
            "validate",
            "phantom",
            "export",
            "names",
            "radiomics",
            "migrate-config",
            "doctor",
            "completion");
    if (own.contains(arguments[0]) || commands.contains(arguments[0])) {
      return arguments;
    }
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(Arrays.asList(arguments));
    return all.toArray(String[]::new);
  }

  private static void addHelp(CommandLine command) {
    if (command.getCommandSpec().findOption("--help") == null) {
      command
          .getCommandSpec()
          .addOption(
              CommandLine.Model.OptionSpec.builder("-h", "--help")
                  .usageHelp(true)
                  .description("show this help")
                  .type(boolean.class)
                  .build());
    }
  }

  private static int misused(ParameterException mistake, String... arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("error: " + mistake.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
    err.println("help: submit/local " + helpPath(command) + "--help");
    return ExitCode.USAGE.number();
  }

  private static String helpPath(CommandLine command) {
    return command.getParent() == null ? "" : command.getCommandName() + " ";
  }

  private static int broken(Exception thrown, CommandLine command) {
    PrintWriter err = command.getErr();
    if (thrown instanceof ConfigurationException wrong) {
      for (Problem problem : wrong.problems()) {
        err.println("error: " + problem);
      }
      return ExitCode.USAGE.number();
    }
    if (thrown instanceof CommandException ended) {
      err.println("error: " + ended.getMessage());
      return ended.exitCode().number();
    }
    err.println("internal error, please report it with the lines below:");
    thrown.printStackTrace(err);
    return ExitCode.INTERNAL.number();
  }
}
