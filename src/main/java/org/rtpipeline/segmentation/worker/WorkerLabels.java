package org.rtpipeline.segmentation.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.segmentation.SegmentationInput;
import org.rtpipeline.segmentation.StructureCodes;

/** The label map of the files that an outside program has left. */
final class WorkerLabels {

  private WorkerLabels() {}

  /**
   * The labels of all layers; structures are numbered in the order they are named.
   *
   * @param layers files in the scratch folder with the names of their labels
   * @param maker what made them, for the descriptions
   */
  static LabelMap of(
      SegmentationInput input,
      List<WorkerMessage.LayerFile> layers,
      String maker,
      List<Finding> findings)
      throws WorkerFault {
    List<LabelMap.Layer> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int number = 0;
    for (WorkerMessage.LayerFile layer : layers) {
      Map<Integer, LabelledStructure> structures = new HashMap<>();
      for (WorkerMessage.Label label : layer.labels()) {
        if (!names.add(label.name())
            || label.value() < 1
            || label.name().isBlank()
            || structures.containsKey(label.value())) {
          throw bad("the label " + label.value() + " '" + label.name() + "' is no new structure");
        }
        number++;
        structures.put(label.value(), structure(number, label, maker));
      }
      all.add(layer(input, layer.file(), structures));
    }
    if (number == 0) {
      throw bad("no structure is named");
    }
    return new LabelMap(input.volume().grid(), all, findings);
  }

  private static LabelledStructure structure(int number, WorkerMessage.Label label, String maker) {
    String remark = label.remark().isEmpty() ? "" : "; " + label.remark();
    return new LabelledStructure(
        number,
        label.name(),
        "found by " + maker + remark,
        "ORGAN",
        StructureCodes.of(label.name()));
  }

  private static LabelMap.Layer layer(
      SegmentationInput input, String file, Map<Integer, LabelledStructure> structures)
      throws WorkerFault {
    VoxelGrid grid = input.volume().grid();
    short[] labels;
    try {
      labels = ScratchNifti.labels(inFolder(input.scratchFolder(), file), grid);
    } catch (IOException e) {
      throw bad("the label file " + file + " cannot be read");
    } catch (ScratchNifti.UnusableLabels e) {
      throw bad(String.valueOf(e.getMessage()));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != 0) {
        LabelledStructure structure = structures.get((int) labels[i]);
        if (structure == null) {
          throw bad("the label " + labels[i] + " has no name");
        }
        labels[i] = (short) structure.number();
      }
    }
    return new LabelMap.Layer(labels, List.copyOf(structures.values()));
  }

  /** A file of the folder, and of no other. */
  private static Path inFolder(Path folder, String file) throws WorkerFault {
    Path path = folder.resolve(file).normalize();
    if (!folder.equals(path.getParent())) {
      throw bad("the label file " + file + " is not in the folder of the image");
    }
    return path;
  }

  private static WorkerFault bad(String message) {
    return new WorkerFault(WorkerFault.Kind.BAD_OUTPUT, message);
  }
}
