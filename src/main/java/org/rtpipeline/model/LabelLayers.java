package org.rtpipeline.model;

import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.geometry.VoxelGrid;

/**
 * Puts structures into the layers of a label map, each into the first where its voxels are free.
 */
public final class LabelLayers {

  private final VoxelGrid grid;
  private final List<short[]> labels = new ArrayList<>();
  private final List<List<LabelledStructure>> structures = new ArrayList<>();

  /** No layer yet. */
  public LabelLayers(VoxelGrid grid) {
    this.grid = grid;
  }

  /**
   * Adds a structure.
   *
   * @param mask not 0 inside; one value for each voxel of the grid
   */
  public void add(LabelledStructure structure, byte[] mask) {
    if (mask.length != grid.voxels()) {
      throw new IllegalArgumentException(
          "grid has " + grid.voxels() + " voxels, mask " + mask.length);
    }
    int layer = 0;
    while (layer < labels.size() && overlaps(labels.get(layer), mask)) {
      layer++;
    }
    if (layer == labels.size()) {
      labels.add(new short[mask.length]);
      structures.add(new ArrayList<>());
    }
    short[] into = labels.get(layer);
    for (int at = 0; at < mask.length; at++) {
      if (mask[at] != 0) {
        into[at] = (short) structure.number();
      }
    }
    structures.get(layer).add(structure);
  }

  private static boolean overlaps(short[] taken, byte[] mask) {
    for (int at = 0; at < taken.length; at++) {
      if (mask[at] != 0 && taken[at] != 0) {
        return true;
      }
    }
    return false;
  }

  /** The label map of all that was added. */
  public LabelMap labels(List<Finding> findings) {
    List<LabelMap.Layer> layers = new ArrayList<>();
    for (int l = 0; l < labels.size(); l++) {
      layers.add(new LabelMap.Layer(labels.get(l), structures.get(l)));
    }
    return new LabelMap(grid, layers, findings);
  }
}
