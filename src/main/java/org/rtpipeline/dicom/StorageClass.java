package org.rtpipeline.dicom;

/** SOP class UIDs of the objects that are written (PS3.4 B.5). */
final class StorageClass {
  static final String CT_IMAGE = "1.2.840.10008.5.1.4.1.1.2";
  static final String SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.4";
  static final String LABEL_MAP_SEGMENTATION = "1.2.840.10008.5.1.4.1.1.66.7";
  static final String MR_IMAGE = "1.2.840.10008.5.1.4.1.1.4";
  static final String PET_IMAGE = "1.2.840.10008.5.1.4.1.1.128";
  static final String SPATIAL_REGISTRATION = "1.2.840.10008.5.1.4.1.1.66.1";
  static final String RT_DOSE = "1.2.840.10008.5.1.4.1.1.481.2";
  static final String RT_STRUCTURE_SET = "1.2.840.10008.5.1.4.1.1.481.3";
  static final String RT_BEAMS_TREATMENT_RECORD = "1.2.840.10008.5.1.4.1.1.481.4";
  static final String RT_PLAN = "1.2.840.10008.5.1.4.1.1.481.5";
  static final String DETACHED_STUDY_MANAGEMENT = "1.2.840.10008.3.1.2.3.1";

  private StorageClass() {}
}
