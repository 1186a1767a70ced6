package org.rtpipeline.segmentation.onnx;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.StructureCode;

/**
 * Labels of a model as named structures; structures that share labels lie in layers of their own.
 */
final class StructureLayers {

  private StructureLayers() {}

  /**
   * The structures of a model, numbered from 1 in its order.
   *
   * @param labels of each voxel, in the order of the grid
   */
  static LabelMap of(VoxelGrid grid, short[] labels, Model model) {
    List<List<Integer>> layers = new ArrayList<>();
    List<BitSet> taken = new ArrayList<>();
    for (int s = 0; s < model.structures().size(); s++) {
      BitSet own = new BitSet();
      model.structures().get(s).labels().forEach(own::set);
      int layer = 0;
      while (layer < taken.size() && taken.get(layer).intersects(own)) {
        layer++;
      }
      if (layer == taken.size()) {
        layers.add(new ArrayList<>());
        taken.add(new BitSet());
      }
      layers.get(layer).add(s);
      taken.get(layer).or(own);
    }
    List<LabelMap.Layer> made = new ArrayList<>();
    for (List<Integer> members : layers) {
      made.add(layer(labels, model, members));
    }
    return new LabelMap(grid, made, List.of());
  }

  private static LabelMap.Layer layer(short[] labels, Model model, List<Integer> members) {
    short[] numbers = new short[Short.MAX_VALUE + 1];
    List<LabelledStructure> structures = new ArrayList<>();
    for (int member : members) {
      Model.NamedLabels named = model.structures().get(member);
      structures.add(
          new LabelledStructure(
              member + 1,
              named.name(),
              "Found by the network " + model.name() + " " + model.version() + ".",
              "",
              StructureCode.TISSUE));
      named.labels().forEach(label -> numbers[label] = (short) (member + 1));
    }
    short[] out = new short[labels.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = numbers[labels[i]];
    }
    return new LabelMap.Layer(out, structures);
  }
}
