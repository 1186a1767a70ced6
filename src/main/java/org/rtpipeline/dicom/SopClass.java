package org.rtpipeline.dicom;

import java.util.Optional;

/** The storage SOP classes that this product uses (PS3.4 B.5). */
enum SopClass {
  CT("1.2.840.10008.5.1.4.1.1.2", Kind.IMAGE, "CT"),
  ENHANCED_CT("1.2.840.10008.5.1.4.1.1.2.1", Kind.IMAGE, "CT"),
  MR("1.2.840.10008.5.1.4.1.1.4", Kind.IMAGE, "MR"),
  ENHANCED_MR("1.2.840.10008.5.1.4.1.1.4.1", Kind.IMAGE, "MR"),
  PET("1.2.840.10008.5.1.4.1.1.128", Kind.IMAGE, "PT"),
  ENHANCED_PET("1.2.840.10008.5.1.4.1.1.130", Kind.IMAGE, "PT"),
  RT_STRUCTURE_SET("1.2.840.10008.5.1.4.1.1.481.3", Kind.STRUCTURE_SET, "RTSTRUCT"),
  RT_DOSE("1.2.840.10008.5.1.4.1.1.481.2", Kind.DOSE, "RTDOSE"),
  RT_PLAN("1.2.840.10008.5.1.4.1.1.481.5", Kind.PLAN, "RTPLAN"),
  RT_ION_PLAN("1.2.840.10008.5.1.4.1.1.481.8", Kind.PLAN, "RTPLAN"),
  RT_BEAMS_TREATMENT_RECORD("1.2.840.10008.5.1.4.1.1.481.4", Kind.RECORD, "RTRECORD"),
  RT_BRACHY_TREATMENT_RECORD("1.2.840.10008.5.1.4.1.1.481.6", Kind.RECORD, "RTRECORD"),
  RT_ION_BEAMS_TREATMENT_RECORD("1.2.840.10008.5.1.4.1.1.481.9", Kind.RECORD, "RTRECORD"),
  SPATIAL_REGISTRATION("1.2.840.10008.5.1.4.1.1.66.1", Kind.REGISTRATION, "REG"),
  SEGMENTATION(StorageClass.SEGMENTATION, Kind.SEGMENTATION, "SEG"),
  LABEL_MAP_SEGMENTATION(StorageClass.LABEL_MAP_SEGMENTATION, Kind.SEGMENTATION, "SEG");

  /** What a reader makes of it. */
  enum Kind {
    IMAGE,
    STRUCTURE_SET,
    DOSE,
    PLAN,
    RECORD,
    REGISTRATION,
    SEGMENTATION
  }

  private final String uid;
  private final Kind kind;
  private final String modality;

  SopClass(String uid, Kind kind, String modality) {
    this.uid = uid;
    this.kind = kind;
    this.modality = modality;
  }

  String uid() {
    return uid;
  }

  Kind kind() {
    return kind;
  }

  /** Modality (0008,0060) of its objects. */
  String modality() {
    return modality;
  }

  static Optional<SopClass> withUid(String uid) {
    for (SopClass sopClass : values()) {
      if (sopClass.uid.equals(uid)) {
        return Optional.of(sopClass);
      }
    }
    return Optional.empty();
  }

  /** The plain class of a modality, for objects that do not say their class. */
  static Optional<SopClass> ofModality(String modality) {
    for (SopClass sopClass : values()) {
      if (sopClass.modality.equals(modality)) {
        return Optional.of(sopClass);
      }
    }
    return Optional.empty();
  }
}
