package org.rtpipeline.qc;

/** Closed list of what is checked; a code never changes its meaning. */
public enum QcCheck {
  /** Which kinds of objects the course has; never more than a fact. */
  OBJECTS_PRESENT(QcGroup.FILE_EXISTENCE, "kinds of objects of the course"),
  /** Images of the planning CT are of modality CT. */
  CT_MODALITY(QcGroup.CT_VALIDATION, "modality of the planning CT"),
  /** Every image of the planning CT can be read, and all of them make one volume. */
  CT_READABLE(QcGroup.CT_VALIDATION, "reading of the planning CT"),
  /** Images of the planning CT lie in one frame of reference. */
  CT_FRAME_OF_REFERENCE(QcGroup.CT_VALIDATION, "frames of reference of the slices"),
  /** Slices have one thickness. */
  CT_SLICE_THICKNESS(QcGroup.CT_VALIDATION, "thickness of the slices"),
  /** The planning CT has one orientation, along the patient axes. */
  CT_ORIENTATION(QcGroup.CT_VALIDATION, "orientation of the slices"),
  /** No slice is missing between others. */
  CT_SLICE_GAP(QcGroup.CT_VALIDATION, "gaps between slices"),
  /** No two slices lie at one place. */
  CT_DUPLICATE_SLICE(QcGroup.CT_VALIDATION, "slices at one place"),
  /** Slices lie at equal distances. */
  CT_SLICE_SPACING(QcGroup.CT_VALIDATION, "distances of slices"),
  /** Slices have one size. */
  CT_MATRIX(QcGroup.CT_VALIDATION, "rows and columns of the slices"),
  /** Values are Hounsfield units: air round the patient is near -1000. */
  CT_HOUNSFIELD(QcGroup.CT_VALIDATION, "values of the planning CT"),
  /** Every plan can be read. */
  PLAN_READABLE(QcGroup.RP_VALIDATION, "reading of the plans"),
  /** Plans are of modality RTPLAN. */
  PLAN_MODALITY(QcGroup.RP_VALIDATION, "modality of the plans"),
  /** The plan is approved. */
  PLAN_APPROVAL(QcGroup.RP_VALIDATION, "approval of the plan"),
  /** The plan prescribes a dose to a target. */
  PLAN_PRESCRIPTION(QcGroup.RP_VALIDATION, "target prescription"),
  /** The plan says how many fractions are planned. */
  PLAN_FRACTIONS(QcGroup.RP_VALIDATION, "planned fractions"),
  /** Every treatment beam has monitor units. */
  PLAN_BEAMS(QcGroup.RP_VALIDATION, "treatment beams and their metersets"),
  /** Every beam that a fraction group refers to is in the plan. */
  PLAN_BEAM_REFERENCES(QcGroup.RP_VALIDATION, "beams of the fraction groups"),
  /** Every treatment beam has an energy. */
  PLAN_BEAM_ENERGY(QcGroup.RP_VALIDATION, "nominal energies of the treatment beams"),
  /** Every dose that counts can be read. */
  DOSE_READABLE(QcGroup.RD_VALIDATION, "reading of the doses"),
  /** Doses are of modality RTDOSE. */
  DOSE_MODALITY(QcGroup.RD_VALIDATION, "modality of the doses"),
  /** The dose is in Gy. */
  DOSE_UNITS(QcGroup.RD_VALIDATION, "dose units"),
  /** The dose is physical. */
  DOSE_TYPE(QcGroup.RD_VALIDATION, "dose type"),
  /** The dose says what it sums. */
  DOSE_SUMMATION(QcGroup.RD_VALIDATION, "dose summation type"),
  /** The points of the dose grid are close enough. */
  DOSE_SPACING(QcGroup.RD_VALIDATION, "spacing of the dose grid"),
  /** The highest dose fits the prescription. */
  DOSE_LEVEL(QcGroup.RD_VALIDATION, "highest dose over prescription"),
  /** The dose grid holds the targets. */
  DOSE_COVERS_TARGETS(QcGroup.RD_VALIDATION, "targets inside the dose grid"),
  /** One dose could be chosen. */
  DOSE_DECISION(QcGroup.RD_VALIDATION, "the dose that counts"),
  /** All objects lie in one frame of reference. */
  FRAME_OF_REFERENCE(QcGroup.CONSISTENCY, "frame of reference of CT, structures, plan and dose"),
  /** The dose refers to a plan that is there. */
  DOSE_TO_PLAN(QcGroup.CONSISTENCY, "plan of the dose"),
  /** The plan refers to a structure set that is there. */
  PLAN_TO_STRUCTURES(QcGroup.CONSISTENCY, "structure set of the plan"),
  /** The structure set refers to the planning CT. */
  STRUCTURES_TO_CT(QcGroup.CONSISTENCY, "images of the structure set"),
  /** A region ends at the border of the image. */
  ROI_CROPPED(QcGroup.STRUCTURE_CROPPING, "regions at the border of the image"),
  /** Every structure set and segmentation can be read. */
  STRUCTURES_READABLE(QcGroup.STRUCTURES, "reading of the structure sets"),
  /** The structure set is approved. */
  STRUCTURES_APPROVAL(QcGroup.STRUCTURES, "approval of the structure set"),
  /** A region has no closed contour. */
  EMPTY_ROI(QcGroup.STRUCTURES, "regions without contours"),
  /** Two regions of a set have one name. */
  DUPLICATE_ROI_NAME(QcGroup.STRUCTURES, "regions with one name"),
  /** Two regions of a course have one standard name. */
  DUPLICATE_STANDARD_NAME(QcGroup.STRUCTURES, "regions with one standard name"),
  /** Contours lie on slices of the planning CT. */
  CONTOUR_OFF_SLICE(QcGroup.STRUCTURES, "contours between slices"),
  /** The planning CT shows a region of the body. */
  BODY_REGIONS(QcGroup.BODY_REGIONS, "regions of the body that the planning CT shows"),
  /** Landmarks of a region that the planning CT shows; see table {@code crop_bounds}. */
  CROP_LANDMARKS(QcGroup.BODY_REGIONS, "landmarks at the ends of a region of the body"),
  /** The contrast phase of the planning CT; never more than a fact. */
  CONTRAST_PHASE(QcGroup.BODY_REGIONS, "contrast phase of the planning CT"),
  /** Every treatment record can be read. */
  RECORDS_READABLE(QcGroup.FRACTIONS, "reading of the treatment records"),
  /** As many fractions are recorded as were planned. */
  FRACTION_COUNT(QcGroup.FRACTIONS, "recorded and planned fractions"),
  /** Delivered metersets are those that were specified. */
  DELIVERED_METERSET(QcGroup.FRACTIONS, "delivered and specified metersets"),
  /** Every beam ended normally. */
  TERMINATION(QcGroup.FRACTIONS, "termination of beams"),
  /** The volume of a region is like that of others of its name. */
  ROI_VOLUME_OUTLIER(QcGroup.COHORT, "volume beside regions of the same standard name");

  private final QcGroup group;
  private final String meaning;

  QcCheck(QcGroup group, String meaning) {
    this.group = group;
    this.meaning = meaning;
  }

  /** What it is about. */
  public QcGroup group() {
    return group;
  }

  /** What is looked at. */
  public String meaning() {
    return meaning;
  }
}
