package org.rtpipeline.phantom;

import java.util.List;

/** The part of the body a made-up course treats; patients take them in turn. */
public enum Site {
  /** Pelvis; the dose falls off to the front and to the back of the target. */
  PELVIS("Pelvis", "PELVIS", 60) {
    @Override
    DoseProfile profile() {
      return new DoseProfile(
          Axis.Y, List.of(knot(-135, 3), knot(-45, 54), knot(0, 62), knot(45, 54), knot(135, 3)));
    }

    @Override
    List<PhantomRoi> rois(Sculptor sculptor, PhantomSize size) {
      return PelvisLayout.rois(sculptor, size);
    }
  },
  /** Thorax; the dose falls off to the right and to the left of a target in the left lung. */
  THORAX("Thorax", "CHEST", 60) {
    @Override
    DoseProfile profile() {
      return new DoseProfile(
          Axis.X,
          List.of(
              knot(-195, 1), knot(0, 20), knot(30, 54), knot(60, 62), knot(90, 54), knot(195, 5)));
    }

    @Override
    List<PhantomRoi> rois(Sculptor sculptor, PhantomSize size) {
      return ThoraxLayout.rois(sculptor, size);
    }
  },
  /** Head and neck; three target levels one below the other, the dose rises towards the head. */
  HEAD_AND_NECK("HeadNeck", "HEADNECK", 66) {
    @Override
    DoseProfile profile() {
      return new DoseProfile(
          Axis.Z, List.of(knot(-225, 1), knot(-60, 50), knot(60, 70), knot(225, 2)));
    }

    @Override
    List<PhantomRoi> rois(Sculptor sculptor, PhantomSize size) {
      return HeadAndNeckLayout.rois(sculptor, size);
    }
  };

  private final String label;
  private final String bodyPart;
  private final double prescriptionGy;

  Site(String label, String bodyPart, double prescriptionGy) {
    this.label = label;
    this.bodyPart = bodyPart;
    this.prescriptionGy = prescriptionGy;
  }

  /** The site of a patient, by its number from 1. */
  static Site inTurn(int patient) {
    Site[] sites = values();
    return sites[Math.floorMod(patient - 1, sites.length)];
  }

  /** The dose of every course of this site; its knots lie on multiples of 15 mm. */
  abstract DoseProfile profile();

  /** The regions, the body first. */
  abstract List<PhantomRoi> rois(Sculptor sculptor, PhantomSize size);

  /** Short name, at most 16 characters. */
  String label() {
    return label;
  }

  /** DICOM body part examined. */
  String bodyPart() {
    return bodyPart;
  }

  /** Prescription of the highest level, Gy. */
  double prescriptionGy() {
    return prescriptionGy;
  }

  /** Prescription of a target, Gy: the highest level but for the lower levels of head and neck. */
  double prescriptionGy(String roiName) {
    if (this == HEAD_AND_NECK && roiName.equals("PTV_Mid")) {
      return 60;
    }
    if (this == HEAD_AND_NECK && roiName.equals("PTV_Low")) {
      return 54;
    }
    return prescriptionGy;
  }

  private static DoseProfile.Knot knot(double positionMm, double doseGy) {
    return new DoseProfile.Knot(positionMm, doseGy);
  }
}
