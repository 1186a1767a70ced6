package org.rtpipeline.segmentation.worker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rtpipeline.segmentation.Device;

/** What a worker needs of this machine, looked for before the stage starts. */
public final class WorkerChecks {

  private WorkerChecks() {}

  /** Everything that is missing, one sentence each; empty when the stage may start. */
  public static List<String> problems(WorkerOptions options) {
    List<String> problems = new ArrayList<>();
    if (program(options.command().get(0)).isEmpty()) {
      problems.add("there is no program " + options.command().get(0) + " on the path");
    }
    switch (options.model().kind()) {
      case TOTALSEGMENTATOR -> totalSegmentator(options, problems);
      case NNUNET -> nnunet(Path.of(options.model().path()), problems);
      case CUSTOM ->
          problems.addAll(CustomModelFile.at(Path.of(options.model().path())).problems());
      default -> file(Path.of(options.model().path()), problems);
    }
    return List.copyOf(problems);
  }

  /** Who may run the model and where its weights are, for a person. */
  public static List<String> facts(WorkerOptions options) {
    List<String> facts = new ArrayList<>();
    WorkerModel model = options.model();
    if (model.kind() == WorkerModel.Kind.TOTALSEGMENTATOR) {
      facts.add(
          TotalSegmentatorTask.find(model.task())
              .map(task -> "task " + task.name() + ", licence " + task.licence())
              .orElse("task " + model.task() + " is not known"));
    }
    List<Path> files = ModelFiles.of(options);
    if (files.isEmpty()) {
      facts.add("no weights found");
    }
    files.forEach(file -> facts.add("weights " + file));
    return facts;
  }

  /**
   * What the worker says of itself when it is started for a self-test: its last line, or why there
   * is none.
   */
  public static String selftest(WorkerOptions options) {
    List<String> problems = problems(options);
    if (program(options.command().get(0)).isEmpty()) {
      return problems.get(0);
    }
    PrivateHome home = null;
    try {
      home = PrivateHome.create(options);
      List<String> command = new ArrayList<>(home.command());
      command.add("--selftest");
      try (ChildProcess child =
          ChildProcess.start(
              command, home.environment(Device.CPU), home.folder(), options.limits().shutdown())) {
        Optional<String> line = child.line(options.limits().start());
        return line.orElseGet(
            () -> "no self-test: " + (child.lastError().isEmpty() ? "silence" : child.lastError()));
      }
    } catch (IOException e) {
      return "no self-test: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "no self-test: interrupted";
    } finally {
      if (home != null) {
        home.remove();
      }
    }
  }

  /** The file of a program, looked for as the system does. */
  static Optional<Path> program(String name) {
    if (name.contains("/")) {
      return Optional.of(Path.of(name)).filter(Files::isExecutable);
    }
    for (String folder :
        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1)) {
      Path program = Path.of(folder, name);
      if (Files.isExecutable(program) && !Files.isDirectory(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  private static void totalSegmentator(WorkerOptions options, List<String> problems) {
    WorkerModel model = options.model();
    Optional<TotalSegmentatorTask> found = TotalSegmentatorTask.find(model.task());
    if (found.isEmpty()) {
      problems.add(
          "TotalSegmentator has no task " + model.task() + "; " + TotalSegmentatorTask.names());
      return;
    }
    TotalSegmentatorTask task = found.get();
    List<Integer> datasets = task.datasets(model);
    if (datasets.isEmpty()) {
      problems.add("task " + task.name() + " has no model of resolution " + model.resolution());
    }
    for (int id : datasets) {
      if (ModelFiles.dataset(options, id).isEmpty()) {
        problems.add(
            "the weights of data set "
                + id
                + " are not in the folder '"
                + options.weightsFolder()
                + "': fetch them once with totalseg_download_weights -t "
                + task.name());
      }
    }
    boolean hasNumber =
        !options.licenceFile().isEmpty() && Files.isReadable(Path.of(options.licenceFile()));
    if (task.licence() == TotalSegmentatorTask.Licence.KEY && !hasNumber) {
      problems.add(
          "task " + task.name() + " needs a licence number: name its file in licence-file");
    }
  }

  private static void nnunet(Path folder, List<String> problems) {
    for (String name : List.of("plans.json", "dataset.json")) {
      file(folder.resolve(name), problems);
    }
  }

  private static void file(Path file, List<String> problems) {
    if (!Files.isReadable(file)) {
      problems.add("the file " + file + " of the model is not there");
    }
  }
}
