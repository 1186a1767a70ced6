package org.rtpipeline.spark;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.ContourRaster;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.geometry.VoxelMask;
import org.rtpipeline.model.LabelLayers;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureCode;
import org.rtpipeline.model.StructureSet;

/** Structures of a course as voxels of one of its images, for models that anchor on them. */
final class KnownStructures {

  private final VoxelGrid grid;
  private final LabelLayers layers;
  private final Set<String> names = new HashSet<>();

  private KnownStructures(VoxelGrid grid) {
    this.grid = grid;
    this.layers = new LabelLayers(grid);
  }

  /**
   * The regions that lie in the frame of reference and along the planes of an image; empty when
   * none does. Of regions of one name the first counts.
   *
   * @param sets those that people drew before those of models
   * @param frameOfReferenceUid of the image; null when it names none
   */
  static Optional<LabelMap> of(
      List<StructureSet> sets, VoxelGrid grid, @Nullable String frameOfReferenceUid) {
    KnownStructures known = new KnownStructures(grid);
    for (StructureSet set : sets) {
      for (Roi roi : set.rois()) {
        if (set.isIn(frameOfReferenceUid, roi)) {
          known.add(roi);
        }
      }
    }
    return known.names.isEmpty() ? Optional.empty() : Optional.of(known.layers.labels(List.of()));
  }

  private void add(Roi roi) {
    if (roi.name().isBlank()
        || names.contains(roi.name())
        || names.size() == Short.MAX_VALUE
        || !ContourRaster.isAlong(grid, roi.enclosingMm())) {
      return;
    }
    roi.voxels(grid)
        .ifPresent(
            mask -> {
              names.add(roi.name());
              layers.add(
                  new LabelledStructure(names.size(), roi.name(), "", "", StructureCode.TISSUE),
                  whole(mask));
            });
  }

  private byte[] whole(VoxelMask mask) {
    byte[] whole = new byte[(int) grid.voxels()];
    int at = 0;
    for (int k = 0; k < mask.count(2); k++) {
      for (int j = 0; j < mask.count(1); j++) {
        int row = grid.index(mask.first(0), mask.first(1) + j, mask.first(2) + k);
        System.arraycopy(mask.inside(), at, whole, row, mask.count(0));
        at += mask.count(0);
      }
    }
    return whole;
  }
}
