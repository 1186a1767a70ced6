package org.rtpipeline.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rtpipeline.geometry.VoxelGrid;

/**
 * The structures of a segmentation on the grid of the image they were found in.
 *
 * <p>Structures that do not overlap share one layer of labels; one that overlaps another lies in a
 * further layer. Numbers and names are unique over all layers.
 */
public final class LabelMap {

  private final VoxelGrid grid;
  private final List<Layer> layers;
  private final List<LabelledStructure> structures;
  private final List<Finding> findings;

  /** Structures that do not overlap, and the number of the one that each voxel belongs to. */
  public static final class Layer {

    private final short[] labels;
    private final List<LabelledStructure> structures;

    /**
     * Keeps the array; the caller no longer writes to it.
     *
     * @param labels number of the structure of each voxel, 0 for none; x fastest, then y, then z
     * @param structures those the labels name; one may have no voxel
     */
    public Layer(short[] labels, List<LabelledStructure> structures) {
      this.labels = labels;
      this.structures = List.copyOf(structures);
      boolean[] known = new boolean[Short.MAX_VALUE + 1];
      known[0] = true;
      structures.forEach(structure -> known[structure.number()] = true);
      for (short label : labels) {
        if (label < 0 || !known[label]) {
          throw new IllegalArgumentException("label " + label + " names no structure");
        }
      }
    }

    /** Number of the structure of each voxel, 0 for none; the array itself, not a copy. */
    public short[] labels() {
      return labels;
    }

    /** Structures of this layer. */
    public List<LabelledStructure> structures() {
      return structures;
    }
  }

  /**
   * Structures in layers.
   *
   * @param grid of the image
   * @param layers each with one label for every voxel of the grid
   * @param findings what a reader must know of the way they were found
   */
  public LabelMap(VoxelGrid grid, List<Layer> layers, List<Finding> findings) {
    this.grid = grid;
    this.layers = List.copyOf(layers);
    this.findings = List.copyOf(findings);
    Set<Integer> numbers = new HashSet<>();
    Set<String> names = new HashSet<>();
    List<LabelledStructure> all = new ArrayList<>();
    for (Layer layer : layers) {
      if (layer.labels.length != grid.voxels()) {
        throw new IllegalArgumentException(
            "grid has " + grid.voxels() + " voxels, labels " + layer.labels.length);
      }
      for (LabelledStructure structure : layer.structures) {
        if (!numbers.add(structure.number()) || !names.add(structure.name())) {
          throw new IllegalArgumentException(
              "two structures are number " + structure.number() + " or " + structure.name());
        }
        all.add(structure);
      }
    }
    all.sort(Comparator.comparingInt(LabelledStructure::number));
    this.structures = List.copyOf(all);
  }

  /** Structures that do not overlap, with nothing to say about them. */
  public static LabelMap of(VoxelGrid grid, short[] labels, List<LabelledStructure> structures) {
    return new LabelMap(grid, List.of(new Layer(labels, structures)), List.of());
  }

  /** Where the voxels lie. */
  public VoxelGrid grid() {
    return grid;
  }

  /** The labels, one array for each set of structures that do not overlap. */
  public List<Layer> layers() {
    return layers;
  }

  /** All structures in ascending order of number. */
  public List<LabelledStructure> structures() {
    return structures;
  }

  /** What a reader must know of the way the structures were found. */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * One structure by itself.
   *
   * @return 1 inside, 0 outside; x fastest, then y, then z
   */
  public byte[] mask(LabelledStructure structure) {
    short[] labels = layer(structure).labels;
    byte[] mask = new byte[labels.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (byte) (labels[i] == structure.number() ? 1 : 0);
    }
    return mask;
  }

  /** The layer that a structure lies in. */
  public Layer layer(LabelledStructure structure) {
    return layers.stream()
        .filter(layer -> layer.structures.contains(structure))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no structure " + structure.name() + " in this label map"));
  }
}
