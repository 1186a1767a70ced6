package org.rtpipeline.segmentation.worker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Predicate;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.segmentation.ClassicalBackEnd;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationException;
import org.rtpipeline.segmentation.SegmentationInput;

/**
 * Structures that a worker is told before its model runs: label files in the folder of the image.
 */
final class KnownStructures {

  private KnownStructures() {}

  /**
   * Writes what is known of the image for a model that anchors on it, and the lungs for one that
   * keeps to them: by density, as those of the back end {@code classical}.
   *
   * @param request the message, which gets {@code references} and {@code lungs}
   */
  static void add(SegmentationInput input, CustomModelFile model, ObjectNode request)
      throws IOException, SegmentationException {
    if (input.known() != null && model.needsReferences()) {
      write(input, input.known(), "known", any -> true, request.putArray("references"));
    }
    if (model.needsLungs()) {
      write(
          input,
          new ClassicalBackEnd().segment(input, Device.CPU),
          "lungs",
          structure -> structure.name().startsWith("lung_"),
          request.putArray("lungs"));
    }
  }

  private static void write(
      SegmentationInput input,
      LabelMap structures,
      String prefix,
      Predicate<LabelledStructure> wanted,
      ArrayNode layers)
      throws IOException {
    for (LabelMap.Layer layer : structures.layers()) {
      if (layer.structures().stream().noneMatch(wanted)) {
        continue;
      }
      String file = prefix + "-" + layers.size() + ".nii";
      ScratchNifti.writeLabels(
          layer.labels(), input.volume().grid(), input.scratchFolder().resolve(file));
      ArrayNode labels = layers.addObject().put("file", file).putArray("labels");
      for (LabelledStructure structure : layer.structures()) {
        if (wanted.test(structure)) {
          labels.addObject().put("value", structure.number()).put("name", structure.name());
        }
      }
    }
  }
}
