package org.rtpipeline.metadata.pet;

import java.util.Locale;
import org.rtpipeline.model.Finding;

/** Why a PET series has no uptake values, or is not the one that counts. */
public enum PetExclusion {
  MISSING_DICOM_HEADERS(Finding.Code.PET_HEADERS_UNREADABLE),
  INCONSISTENT_DICOM_HEADERS(Finding.Code.PET_HEADERS_DIFFER),
  UNSUPPORTED_MULTIFRAME_PET(Finding.Code.PET_MULTIFRAME),
  /** Dynamic, gated, or a reprojection. */
  UNSUPPORTED_SERIES_TYPE(Finding.Code.PET_SERIES_TYPE),
  DERIVED_RT_SOFTWARE_PET_EXPORT(Finding.Code.PET_DERIVED_EXPORT),
  INVALID_IMAGE_TYPE(Finding.Code.PET_IMAGE_TYPE),
  /** Neither BQML, nor GML, nor CNTS with a scale factor. */
  NON_BQML_UNITS(Finding.Code.PET_UNITS),
  UNSUPPORTED_SUV_TYPE(Finding.Code.PET_SUV_TYPE),
  MISSING_REQUIRED_CORRECTIONS(Finding.Code.PET_CORRECTIONS),
  UNSUPPORTED_DECAY_CORRECTION(Finding.Code.PET_DECAY_CORRECTION),
  AMBIGUOUS_TRACER_COMPOUND(Finding.Code.PET_TRACER),
  MISSING_INVALID_HALF_LIFE(Finding.Code.PET_HALF_LIFE),
  MISSING_INVALID_DOSE(Finding.Code.PET_DOSE),
  MISSING_INVALID_WEIGHT(Finding.Code.PET_BODY_SIZE),
  NEGATIVE_UNRESOLVED_DELTA_T(Finding.Code.PET_TIMES),
  UNRECOVERABLE_TIMING_ANOMALY(Finding.Code.PET_TIMES),
  FAILED_DECAY_FACTOR_GUARD(Finding.Code.PET_DECAY_GUARD),
  PARTIAL_AXIAL_EXTENT_FOR_PRIMARY_SELECTION(Finding.Code.PET_PARTIAL_EXTENT),
  UNKNOWN_RECONSTRUCTION_NEEDING_MANUAL_REVIEW(Finding.Code.PET_RECONSTRUCTION),
  PRIMARY_SELECTION_TIE_NEEDS_MANUAL_REVIEW(Finding.Code.PET_RECONSTRUCTION);

  /** What a person has to do. */
  public enum Severity {
    /** Nothing: the series cannot be used. */
    EXCLUDE,
    /** Choose. */
    MANUAL_REVIEW
  }

  private final Finding.Code code;

  PetExclusion(Finding.Code code) {
    this.code = code;
  }

  /** The code of its finding. */
  public Finding.Code code() {
    return code;
  }

  /** What a person has to do. */
  public Severity severity() {
    return code == Finding.Code.PET_RECONSTRUCTION ? Severity.MANUAL_REVIEW : Severity.EXCLUDE;
  }

  /** The word in tables, that of the Python rtpipeline where that knows the reason. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
