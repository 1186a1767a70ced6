package org.rtpipeline.cli;

import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.model.ProductVersion;
import org.rtpipeline.radiomics.FeatureValue;
import org.rtpipeline.radiomics.GridSize;
import org.rtpipeline.radiomics.IbsiFeatures;
import org.rtpipeline.radiomics.IbsiFeatures.Step;
import org.rtpipeline.radiomics.IbsiValue;
import org.rtpipeline.radiomics.RoiFeatures;

/**
 * A table name,value of one region: what was computed on, as diagnostics, then the features.
 *
 * @param lines with a header
 * @param notes what a reader must know besides
 */
record FeatureTable(List<String> lines, List<String> notes) {

  /** Copies the lists. */
  FeatureTable {
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  /** Features by the names of PyRadiomics. */
  static FeatureTable of(GridSize size, RoiFeatures features) {
    RoiFeatures.Facts facts = features.facts();
    List<String> lines = head("pyradiomics", size, facts.maskVoxels(), facts.usedVoxels());
    for (FeatureValue value : features.values()) {
      lines.add(line(value.name(), value.value()));
    }
    return new FeatureTable(
        lines,
        facts.left().stream()
            .map(name -> "the image is too small or too rich for " + name)
            .toList());
  }

  /** Features by the tags of the IBSI, with the aggregation where there is one. */
  static FeatureTable of(GridSize size, IbsiFeatures features) {
    Step given = features.steps().get(0);
    Step used = features.steps().get(features.steps().size() - 1);
    List<String> lines = head("ibsi", size, given.morphology().voxels(), used.intensity().voxels());
    for (IbsiValue value : features.values()) {
      lines.add(line(value.column(), value.value()));
    }
    return new FeatureTable(
        lines,
        features.left().stream()
            .map(name -> "the region is too large or too rich in levels for " + name)
            .toList());
  }

  private static List<String> head(String mode, GridSize size, int maskVoxels, int usedVoxels) {
    List<String> lines = new ArrayList<>();
    lines.add("name,value");
    lines.add("diagnostics_Versions_rtpipeline," + ProductVersion.text());
    lines.add("diagnostics_Configuration_Mode," + mode);
    lines.add(
        "diagnostics_Image-original_Size,\"("
            + size.nx()
            + ", "
            + size.ny()
            + ", "
            + size.nz()
            + ")\"");
    lines.add(
        "diagnostics_Image-original_Spacing,\"("
            + size.dxMm()
            + ", "
            + size.dyMm()
            + ", "
            + size.dzMm()
            + ")\"");
    lines.add("diagnostics_Mask-original_VoxelNum," + maskVoxels);
    lines.add("diagnostics_Mask-used_VoxelNum," + usedVoxels);
    return lines;
  }

  private static String line(String name, double value) {
    return name + "," + (Double.isNaN(value) ? "nan" : value);
  }
}
