package org.rtpipeline.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.Job;
import org.rtpipeline.structures.UnmappedName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the names of regions that no name map knows. */
@Command(
    name = "names",
    description = {
      "List the ROI names that no name map (structures.names) knows, those of most courses first,",
      "each with the standard name it may mean. With --input the structure sets there are read;",
      "without, the table structure_names of --output. Nothing is written but the CSV file."
    },
    sortOptions = false)
final class NamesCommand implements Callable<Integer> {
  private final Rooms rooms;

  @Spec @Nullable CommandSpec spec;

  @Mixin JobArguments arguments = new JobArguments();

  @Option(names = "--csv", paramLabel = "FILE", description = "write the list as CSV to this file")
  @Nullable Path csv;

  NamesCommand(Rooms rooms) {
    this.rooms = rooms;
  }

  @Override
  public Integer call() throws ConfigurationException, CommandException {
    Job job = arguments.job();
    if (job.input().isEmpty() && job.output().isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE, "no folder to look in: say --input FOLDER or --output FOLDER");
    }
    if (!job.input().isEmpty()) {
      InputFolder.check(job);
    }
    List<UnmappedName> names = rooms.unmappedNames(job);
    Console console = Console.of(spec);
    lines(names).forEach(console.out()::println);
    console.out().flush();
    if (csv != null) {
      write(csv, names);
    }
    return ExitCode.DONE.number();
  }

  private static List<String> lines(List<UnmappedName> names) {
    if (names.isEmpty()) {
      return List.of("every ROI name is known");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(Locale.ROOT, "%7s %7s  %-32s %s", "courses", "rois", "name", "nearest"));
    for (UnmappedName name : names) {
      lines.add(
          String.format(
                  Locale.ROOT,
                  "%7d %7d  %-32s %s",
                  name.courses(),
                  name.rois(),
                  name.name().isEmpty() ? "(no name)" : name.name(),
                  name.suggestion() == null ? "" : name.suggestion())
              .stripTrailing());
    }
    return lines;
  }

  private static void write(Path file, List<UnmappedName> names) throws CommandException {
    List<String> lines = new ArrayList<>();
    lines.add("roi_name,courses,rois,nearest_standard_name");
    for (UnmappedName name : names) {
      lines.add(
          String.join(
              ",",
              quoted(name.name()),
              Integer.toString(name.courses()),
              Integer.toString(name.rois()),
              name.suggestion() == null ? "" : quoted(name.suggestion())));
    }
    try {
      Files.write(file, lines, StandardCharsets.UTF_8);
    } catch (IOException unwritable) {
      throw new CommandException(ExitCode.USAGE, file + " cannot be written");
    }
  }

  private static String quoted(String text) {
    return text.matches("[^\",\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
