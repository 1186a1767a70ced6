package org.rtpipeline.segmentation;

import java.util.List;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.StructureCode;

/** What the classical back end looks for. */
final class ClassicalStructure {

  /** The patient, arms included, couch removed. */
  static final LabelledStructure BODY =
      new LabelledStructure(
          1,
          "body",
          "Outline of the patient by density, couch removed; no model",
          "EXTERNAL",
          StructureCode.anatomy("38266002", "Entire body"));

  /** Aerated part of the left lung. */
  static final LabelledStructure LUNG_LEFT =
      organ(
          2,
          "lung_left",
          "Aerated lung by density; no model, misses effusion and consolidation",
          StructureCode.anatomy("39607008", "Lung").on(StructureCode.LEFT));

  /** Aerated part of the right lung. */
  static final LabelledStructure LUNG_RIGHT =
      organ(
          3,
          "lung_right",
          "Aerated lung by density; no model, misses effusion and consolidation",
          StructureCode.anatomy("39607008", "Lung").on(StructureCode.RIGHT));

  /** Lumen of the windpipe. */
  static final LabelledStructure TRACHEA =
      organ(
          4,
          "trachea",
          "Air of the windpipe by density and shape; no model",
          StructureCode.anatomy("44567001", "Trachea"));

  /** Dense tissue with the marrow inside. */
  static final LabelledStructure BONE =
      organ(
          5,
          "bone",
          "Dense tissue by density; no model, takes in calcification and dense contrast medium",
          StructureCode.anatomy("272673000", "Bone"));

  /** What the vertebrae enclose. */
  static final LabelledStructure SPINAL_CANAL =
      organ(
          6,
          "spinal_canal",
          "Soft tissue ringed by bone; no model, not the spinal cord",
          StructureCode.anatomy("61853006", "Vertebral canal"));

  /** Those inside the body, which do not overlap. */
  static final List<LabelledStructure> INSIDE =
      List.of(LUNG_LEFT, LUNG_RIGHT, TRACHEA, BONE, SPINAL_CANAL);

  private ClassicalStructure() {}

  private static LabelledStructure organ(
      int number, String name, String description, StructureCode code) {
    return new LabelledStructure(number, name, description, "ORGAN", code);
  }
}
