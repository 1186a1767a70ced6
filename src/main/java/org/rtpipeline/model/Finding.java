package org.rtpipeline.model;

import java.io.Serializable;

/**
 * Something a reader of the results must know about an object, a region or a course.
 *
 * @param level what follows from it
 * @param code stable name of the fact, used by tables, metrics and tests
 * @param subject what it is about: a SOP instance UID, a file name, a ROI number, or the course key
 * @param message attribute, value seen and what was expected; never a patient's name or free text
 */
public record Finding(Level level, Code code, String subject, String message)
    implements Serializable {

  /** What follows from a finding, mildest first. */
  public enum Level {
    /** A fact worth recording; nothing follows. */
    OK,
    /** The result is kept and flagged. */
    WARN,
    /** The file is not one this product uses; counted. */
    IGNORE_FILE,
    /** The file cannot be used; counted. */
    REJECT_FILE,
    /** One stage is left out for the course. */
    SKIP_STAGE,
    /** The whole course is left out. */
    SKIP_COURSE,
    /** Our fault or a passing failure; tried again by the next run. */
    FAILED
  }

  /** Closed list of what can be found; a code never changes its meaning. */
  public enum Code {
    NOT_DICOM,
    NOT_A_FILE,
    UNREADABLE,
    OUTSIDE_INPUT_ROOT,
    NOT_RADIOTHERAPY,
    TRUNCATED_FILE,
    TRUNCATED_PIXEL_DATA,
    LENGTH_EXCEEDS_FILE,
    NESTING_TOO_DEEP,
    TOO_MANY_ITEMS,
    INFLATE_LIMIT,
    BAD_VR,
    TRANSFER_SYNTAX_MISSING,
    TRANSFER_SYNTAX_MISMATCH,
    UNSUPPORTED_TRANSFER_SYNTAX,
    PIXEL_DECODE_FAILED,
    PIXEL_LENGTH_MISMATCH,
    UNSUPPORTED_PIXEL_FORMAT,
    NO_PIXEL_DATA,
    MISSING_ATTRIBUTE,
    MISSING_UID,
    INVALID_UID,
    DUPLICATE_INSTANCE,
    CONFLICTING_DUPLICATE,
    PATIENT_MISMATCH,
    MODALITY_MISMATCH,
    MISSING_PATIENT_ID,
    MISSING_GEOMETRY,
    INVALID_GEOMETRY,
    INVALID_NUMBER,
    MISSING_SLICE,
    NON_UNIFORM_SPACING,
    GANTRY_TILT,
    MIXED_FRAME_OF_REFERENCE,
    MIXED_ORIENTATION,
    DUPLICATE_POSITION,
    TOO_FEW_SLICES,
    INVALID_RESCALE,
    RTSTRUCT_REFERENCE_MISSING,
    RTSTRUCT_REFERENCE_MISMATCH,
    RTSTRUCT_NO_REFERENCE,
    NO_ROI,
    NO_STRUCTURE_SET,
    NO_DOSE,
    NO_PLANNING_CT,
    DERIVED_STRUCTURE,
    EMPTY_ROI,
    EMPTY_ROI_NAME,
    DUPLICATE_ROI_NUMBER,
    DUPLICATE_ROI_NAME,
    VALUE_TOO_LONG,
    CONTOUR_POINT_COUNT,
    CONTOUR_NOT_TRIPLETS,
    CONTOUR_OFF_PLANE,
    CONTOUR_OVERLAP,
    CONTOUR_GAP,
    DEGENERATE_CONTOUR,
    SELF_INTERSECTING_CONTOUR,
    UNSUPPORTED_CONTOUR_TYPE,
    SINGLE_PLANE_ROI,
    ROI_OUTSIDE_IMAGE,
    ROI_ON_SKIP_LIST,
    ROI_TOO_SMALL,
    ROI_TOO_LARGE,
    ROI_INTENSITIES_UNUSABLE,
    ROI_FRAME_OF_REFERENCE,
    IMAGE_TYPE_LEFT_OUT,
    NO_SUV,
    DOSE_UNITS_RELATIVE,
    DOSE_UNITS_CGY,
    DOSE_TYPE_UNSUPPORTED,
    DOSE_NOT_PLAN_SUM,
    DOSE_SCALING_INVALID,
    DOSE_GRID_INVALID,
    DOSE_TOO_FEW_PLANES,
    DOSE_GRID_DOES_NOT_COVER_ROI,
    DOSE_FRAME_OF_REFERENCE,
    DOSE_GRIDS_DIFFER,
    DOSE_IMPLAUSIBLE,
    AMBIGUOUS_DOSE,
    PLAN_MISSING,
    PLAN_STRUCTURE_MISMATCH,
    NO_FRACTIONS,
    NO_TREATMENT_RECORDS,
    FRACTION_NUMBER_MISSING,
    FRACTION_NUMBER_REPEATED,
    FRACTION_INCOMPLETE,
    FRACTIONS_BEYOND_PLAN,
    FRACTIONS_MISSING,
    DELIVERY_OVERRIDDEN,
    REPLANNED,
    INVALID_DATE,
    LINKED_BY_FRAME_OF_REFERENCE,
    LINKED_BY_FOLDER,
    AMBIGUOUS_LINK,
    NOT_LINKED,
    INPUT_CHANGED_DURING_RUN,
    DEFERRED_STILL_CHANGING,
    TIME_LIMIT,
    MEMORY_ESTIMATE_TOO_LARGE,
    POISON_COURSE,
    SEGMENTER_FAILED,
    SEGMENTER_OUTPUT_INVALID,
    SEGMENTER_UNRESPONSIVE,
    SEGMENTER_PROTOCOL,
    SEGMENTER_OUT_OF_MEMORY,
    SEGMENTER_DEGRADED,
    BODY_REGION_ABSENT,
    GPU_UNAVAILABLE,
    MODEL_MISSING,
    LICENCE_MISSING,
    DISK_FULL,
    INTERNAL_ERROR
  }
}
