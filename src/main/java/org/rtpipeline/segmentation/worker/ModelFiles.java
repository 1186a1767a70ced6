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
      Path root =
          model.kind() == WorkerModel.Kind.CUSTOM && path.getParent() != null
              ? path.getParent()
              : path;
      return Files.exists(root) ? List.of(root) : List.of();
    }
    List<Path> folders = new ArrayList<>();
    TotalSegmentatorTask.find(model.task())
        .ifPresent(
            task ->
                task.datasets(model).forEach(id -> dataset(options, id).ifPresent(folders::add)));
    return folders;
  }

  /** The folder with the weights of a data set of nnU-Net. */
  static Optional<Path> dataset(WorkerOptions options, int id) {
    if (options.weightsFolder().isEmpty()) {
      return Optional.empty();
    }
    Path root = Path.of(options.weightsFolder());
    if (!Files.isDirectory(root)) {
      return Optional.empty();
    }
    String prefix = String.format(java.util.Locale.ROOT, "Dataset%03d_", id);
    try (Stream<Path> folders = Files.list(root)) {
      return folders.filter(f -> String.valueOf(f.getFileName()).startsWith(prefix)).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("the weights folder cannot be listed", e);
    }
  }
}
