package org.rtpipeline.segmentation.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that a model consists of on this machine. */
final class ModelFiles {

  private ModelFiles() {}

  /** Files and folders that are there, in a fixed order. */
  static List<Path> of(WorkerOptions options) {
    WorkerModel model = options.model();
    if (model.kind() != WorkerModel.Kind.TOTALSEGMENTATOR) {
      Path path = Path.of(model.path());
      return model.kind() == WorkerModel.Kind.CUSTOM ? custom(path) : there(path);
    }
    List<Path> folders = new ArrayList<>();
    TotalSegmentatorTask.find(model.task())
        .ifPresent(
            task ->
                task.datasets(model).forEach(id -> dataset(options, id).ifPresent(folders::add)));
    return folders;
  }

  /** The folder of the file, and weights that it names elsewhere. */
  private static List<Path> custom(Path file) {
    Path folder = Optional.ofNullable(file.getParent()).orElse(file);
    List<Path> all = new ArrayList<>(there(folder));
    CustomModelFile.at(file).weights().stream()
        .filter(place -> !place.startsWith(folder.toAbsolutePath().normalize()))
        .forEach(all::add);
    return all;
  }

  private static List<Path> there(Path path) {
    return Files.exists(path) ? List.of(path) : List.of();
  }

  /** The folder with the weights of a data set of TotalSegmentator. */
  static Optional<Path> dataset(WorkerOptions options, int id) {
    return options.weightsFolder().isEmpty()
        ? Optional.empty()
        : dataset(Path.of(options.weightsFolder()), id);
  }

  /** The folder of a data set among results of nnU-Net. */
  static Optional<Path> dataset(Path root, int id) {
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    String prefix = String.format(java.util.Locale.ROOT, "Dataset%03d_", id);
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(f -> String.valueOf(f.getFileName()).startsWith(prefix))
          .sorted()
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("the weights folder cannot be listed", e);
    }
  }
}
