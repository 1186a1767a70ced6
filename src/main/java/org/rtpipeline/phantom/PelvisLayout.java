package org.rtpipeline.phantom;

import java.util.List;

/** A prostate patient. */
final class PelvisLayout {

  private static final int BONE_HU = 350;
  private static final int MARROW_HU = 150;
  private static final int FAT_HU = -90;

  private PelvisLayout() {}

  static List<PhantomRoi> rois(Sculptor s, PhantomSize size) {
    RoiList list = new RoiList();
    list.body(s.body(170, 110, size.slices() / 2 - 2));
    if (size == PhantomSize.CLINICAL) {
      abdomen(s, list);
      smallPelvis(s, list);
    }
    return core(s, list).rois();
  }

  private static RoiList core(Sculptor s, RoiList list) {
    return list.organ("Femur_Head_L", BONE_HU, s.ellipsoid(92, 5, -8, 8, 24, 24))
        .organ("Femur_Head_R", BONE_HU, s.ellipsoid(-92, 5, -8, 8, 24, 24))
        .organ("Sacrum", BONE_HU, s.cone(0, 82, -10, 14, 26, Cone.Apex.DOWN))
        .organ("Bowel", 20, s.cylinder(Axis.X, 0, -62, 5, 15, 60, 15))
        .organ("Bladder", 5, s.ellipsoid(0, -42, -2, 16, 32, 24))
        .organ("Rectum", -20, s.upright(0, 46, -14, 12, 17, 14))
        .organ("Rectum_Wall", 45, s.tube(0, 46, -14, 12, 18, 4, Hollow.Hole.OWN_CONTOUR))
        .target("PTV_High", s.ellipsoid(0, 0, -10, 10, 30, 30))
        .target("CTV_High", s.ellipsoid(0, 0, -7, 7, 21, 21));
  }

  private static void abdomen(Sculptor s, RoiList list) {
    list.organ("Liver", 60, s.ellipsoid(-62, -20, 34, 70, 68, 60))
        .organ("Stomach", 10, s.ellipsoid(70, -30, 38, 66, 38, 34))
        .organ("Spleen", 50, s.ellipsoid(108, 32, 40, 64, 24, 34))
        .organ("Kidney_L", 30, s.ellipsoid(62, 55, 26, 58, 26, 24))
        .organ("Kidney_R", 30, s.ellipsoid(-62, 55, 22, 54, 26, 24))
        .organ("Pancreas", 40, s.cylinder(Axis.X, 5, 5, 40, 50, 58, 13))
        .organ("SpinalCanal", 30, s.upright(0, 80, 4, 72, 9, 8))
        .organ("VB_L4", BONE_HU, s.upright(0, 52, 18, 28, 24, 18))
        .organ("VB_L3", BONE_HU, s.upright(0, 52, 30, 40, 24, 18))
        .organ("VB_L2", BONE_HU, s.upright(0, 52, 42, 52, 23, 17))
        .organ("Aorta", 130, s.upright(8, 22, 16, 72, 10, 10))
        .organ("VenaCava_Inf", 120, s.upright(-18, 24, 16, 72, 12, 10))
        .organ("Colon_Sigmoid", -10, s.cylinder(Axis.Y, 40, 10, 16, 28, 14, 40))
        .organ("Bag_Bowel", 0, s.box(0, -50, 20, 34, 90, 30));
  }

  private static void smallPelvis(Sculptor s, RoiList list) {
    list.organ("Pelvis_L", BONE_HU, s.tube(88, 10, 8, 32, 34, 8, Hollow.Hole.KEYHOLE))
        .organ("Pelvis_R", BONE_HU, s.tube(-88, 10, 8, 32, 34, 8, Hollow.Hole.KEYHOLE))
        .organ("Femur_L", MARROW_HU, s.upright(98, 8, -60, -9, 15, 15))
        .organ("Femur_R", MARROW_HU, s.upright(-98, 8, -60, -9, 15, 15))
        .organ(
            "Muscles",
            55,
            s.group(s.box(110, 50, -40, 20, 10, 16), s.box(-110, 50, -40, 20, 10, 16)))
        .organ("PubicSymphys", BONE_HU, s.box(0, -58, -18, -4, 9, 12))
        .organ("Canal_Anal", 35, s.upright(0, 44, -28, -14, 13, 13))
        .organ("PenileBulb", 45, s.ellipsoid(0, 8, -22, -14, 13, 11))
        .organ("Fat_Ischiorectal", FAT_HU, s.cone(32, 62, -26, -10, 16, Cone.Apex.UP))
        .organ("Genitals", 20, s.ellipsoid(0, -70, -50, -32, 34, 26))
        .organ("Bladder_Wall", 30, s.shell(0, -42, -2, 16, 28, 4))
        .target(
            "PTV_Nodes", s.group(s.upright(48, 8, 6, 30, 14, 18), s.upright(-48, 8, 6, 30, 14, 18)))
        .target(
            "CTV_Nodes", s.group(s.upright(48, 8, 7, 29, 8, 12), s.upright(-48, 8, 7, 29, 8, 12)))
        .avoidance("Ring_Dose", s.tube(0, 0, -8, 8, 46, 8, Hollow.Hole.OWN_CONTOUR));
  }
}
