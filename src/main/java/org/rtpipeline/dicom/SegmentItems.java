package org.rtpipeline.dicom;

import java.util.Optional;
import org.rtpipeline.model.CodedConcept;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.StructureCode;

/** Items that say what a segment or a region is, in both directions (PS3.3 C.8.20.4). */
final class SegmentItems {

  /** CIELab value with half lightness and no hue, scaled to 16 bits (PS3.3 C.10.7.1.1). */
  private static final int NEUTRAL = 0x8080;

  private SegmentItems() {}

  /** The item of one segment. */
  static DicomObject segment(
      LabelledStructure structure, int number, SegmentAlgorithm algorithm, String trackingUid) {
    DicomObject algorithmItem =
        DicomObject.builder()
            .items(Tags.ALGORITHM_FAMILY_CODE_SEQUENCE, ObjectHead.code(algorithm.family()).build())
            .text(Tags.ALGORITHM_VERSION, ObjectHead.longText(algorithm.version()))
            .text(Tags.ALGORITHM_NAME, ObjectHead.longText(algorithm.name()))
            .build();
    return DicomObject.builder()
        .integers(Tags.SEGMENT_NUMBER, number)
        .text(Tags.SEGMENT_LABEL, ObjectHead.longText(structure.name()))
        .text(Tags.SEGMENT_DESCRIPTION, structure.description())
        .text(Tags.SEGMENT_ALGORITHM_TYPE, "AUTOMATIC")
        .text(Tags.SEGMENT_ALGORITHM_NAME, ObjectHead.longText(algorithm.name()))
        .items(Tags.SEGMENTATION_ALGORITHM_IDENTIFICATION_SEQUENCE, algorithmItem)
        .items(
            Tags.SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE,
            ObjectHead.code(structure.code().category()).build())
        .items(Tags.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE, typeCode(structure.code()))
        .integers(Tags.RECOMMENDED_DISPLAY_CIELAB_VALUE, colour(number))
        .text(Tags.TRACKING_ID, structure.name())
        .text(Tags.TRACKING_UID, trackingUid)
        .build();
  }

  /** The code of a structure, its side as a modifier within. */
  static DicomObject typeCode(StructureCode code) {
    DicomObject.Builder item = ObjectHead.code(code.type());
    CodedConcept side = code.laterality();
    if (side != null) {
      item.items(
          Tags.SEGMENTED_PROPERTY_TYPE_MODIFIER_CODE_SEQUENCE, ObjectHead.code(side).build());
    }
    return item.build();
  }

  /** The structure that an item of a segment sequence describes. */
  static LabelledStructure structure(DicomObject item, int number, String name) {
    Optional<DicomObject> type = item.item(Tags.SEGMENTED_PROPERTY_TYPE_CODE_SEQUENCE);
    Optional<CodedConcept> typeCode = type.flatMap(SegmentItems::concept);
    Optional<CodedConcept> category =
        item.item(Tags.SEGMENTED_PROPERTY_CATEGORY_CODE_SEQUENCE).flatMap(SegmentItems::concept);
    CodedConcept side =
        type.flatMap(t -> t.item(Tags.SEGMENTED_PROPERTY_TYPE_MODIFIER_CODE_SEQUENCE))
            .flatMap(SegmentItems::concept)
            .orElse(null);
    StructureCode code =
        typeCode.isPresent() && category.isPresent()
            ? new StructureCode(category.get(), typeCode.get(), side)
            : StructureCode.TISSUE;
    return new LabelledStructure(
        number, name, item.text(Tags.SEGMENT_DESCRIPTION).orElse(""), "", code);
  }

  private static Optional<CodedConcept> concept(DicomObject item) {
    return item.text(Tags.CODE_VALUE)
        .map(
            value ->
                new CodedConcept(
                    value,
                    item.text(Tags.CODING_SCHEME_DESIGNATOR).orElse(""),
                    item.text(Tags.CODE_MEANING).orElse("")));
  }

  /** Colours of equal lightness, the hue turned by the golden angle from number to number. */
  private static int[] colour(int number) {
    double angle = number * Math.PI * (3 - Math.sqrt(5));
    return new int[] {
      0xA000, NEUTRAL + (int) (0x4000 * Math.cos(angle)), NEUTRAL + (int) (0x4000 * Math.sin(angle))
    };
  }
}
