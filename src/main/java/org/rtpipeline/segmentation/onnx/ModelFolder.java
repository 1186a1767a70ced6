package org.rtpipeline.segmentation.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rtpipeline.segmentation.SegmentationException;

/**
 * The folder of a model: model.json, or plans.json and dataset.json of nnU-Net, and the networks.
 *
 * <p>A model.json of kind "plain" says all by itself. One of kind "nnunet" adds to the two files of
 * nnU-Net what only a checkpoint holds, or holds them both as "plans" and "dataset".
 */
final class ModelFolder {

  private static final String SIDECAR = "model.json";
  private static final String NETWORK = "model.onnx";

  private final Path folder;
  private final ObjectMapper json = new ObjectMapper();

  private ModelFolder(Path folder) {
    this.folder = folder;
  }

  static Model read(Path folder) throws SegmentationException {
    return new ModelFolder(folder).model();
  }

  private Model model() throws SegmentationException {
    if (!Files.isDirectory(folder)) {
      throw ModelFields.unusable(folder.toString(), "is no folder, expected that of a model");
    }
    ModelFields sidecar =
        Files.exists(folder.resolve(SIDECAR))
            ? object(SIDECAR)
            : new ModelFields(json.createObjectNode(), SIDECAR);
    String kind = sidecar.text("kind", "nnunet");
    if (kind.equals("plain")) {
      return existing(PlainModel.model(sidecar));
    }
    if (!kind.equals("nnunet")) {
      throw sidecar.wrong("kind", "is " + kind + ", expected nnunet or plain");
    }
    ModelFields plans = part(sidecar, "plans");
    ModelFields dataset = part(sidecar, "dataset");
    List<String> networks =
        sidecar.find("networks").isPresent() ? sidecar.texts("networks") : folds();
    return existing(NnUnetPlans.model(plans, dataset, sidecar, networks));
  }

  private ModelFields part(ModelFields sidecar, String name) throws SegmentationException {
    return sidecar.find(name).isPresent() ? sidecar.object(name) : object(name + ".json");
  }

  private ModelFields object(String name) throws SegmentationException {
    Path file = folder.resolve(name);
    try {
      JsonNode node = json.readTree(file.toFile());
      if (!node.isObject()) {
        throw ModelFields.unusable(name, "holds no JSON object");
      }
      return new ModelFields(node, name);
    } catch (JsonProcessingException e) {
      throw ModelFields.unusable(
          name,
          "is no JSON at line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
              + ": "
              + e.getOriginalMessage());
    } catch (IOException e) {
      throw ModelFields.unusable(name, "cannot be read in " + folder + ": " + e.getMessage());
    }
  }

  /** The network of each fold in the order of their names, or the only network. */
  private List<String> folds() throws SegmentationException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries
          .filter(entry -> String.valueOf(entry.getFileName()).matches("fold_\\w+"))
          .filter(entry -> Files.exists(entry.resolve(NETWORK)))
          .map(entry -> entry.getFileName() + "/" + NETWORK)
          .sorted()
          .forEach(found::add);
    } catch (IOException e) {
      throw ModelFields.unusable(folder.toString(), "cannot be listed: " + e.getMessage());
    }
    return found.isEmpty() ? List.of(NETWORK) : found;
  }

  private Model existing(Model model) throws SegmentationException {
    for (String network : model.networks()) {
      if (!Files.isRegularFile(folder.resolve(network))) {
        throw ModelFields.unusable(network, "is missing in " + folder);
      }
    }
    return model;
  }
}
