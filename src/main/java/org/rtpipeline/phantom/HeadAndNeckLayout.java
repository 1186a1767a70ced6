package org.rtpipeline.phantom;

import java.util.List;

/** An oropharynx patient with three dose levels. */
final class HeadAndNeckLayout {

  private static final int BONE_HU = 500;
  private static final int AIR_HU = -980;
  private static final int EYE_HU = 15;

  private HeadAndNeckLayout() {}

  static List<PhantomRoi> rois(Sculptor s, PhantomSize size) {
    RoiList list = new RoiList();
    list.body(s.body(98, 116, size.slices() / 2 - 2));
    if (size == PhantomSize.CLINICAL) {
      head(s, list);
      eyesAndEars(s, list);
      neck(s, list);
      list.organ("SpinalCord", 35, s.upright(0, 52, -70, 20, 7, 6));
    } else {
      list.organ("SpinalCord", 35, s.upright(0, 52, -17, 17, 7, 6));
    }
    return core(s, list).rois();
  }

  private static RoiList core(Sculptor s, RoiList list) {
    return list.organ("Brainstem", 35, s.cone(0, 28, 4, 17, 17, Cone.Apex.DOWN))
        .organ("Parotid_L", 10, s.ellipsoid(60, 18, 0, 16, 17, 22))
        .organ("Parotid_R", 10, s.ellipsoid(-60, 18, 0, 16, 17, 22))
        .organ("Bone_Mandible", BONE_HU, s.tube(0, -52, -6, 4, 38, 10, Hollow.Hole.OWN_CONTOUR))
        .organ("Cavity_Oral", 40, s.ellipsoid(0, -48, -2, 12, 24, 26))
        .organ("Larynx", -50, s.tube(0, -20, -17, -7, 17, 6, Hollow.Hole.KEYHOLE))
        .target("PTV_Low", s.box(32, 14, -17, -7, 19, 24))
        .target("PTV_Mid", s.upright(-30, 6, -5, 5, 22, 22))
        .target("PTV_High", s.ellipsoid(6, -6, 4, 16, 26, 24));
  }

  private static void head(Sculptor s, RoiList list) {
    list.organ("Skull", BONE_HU, s.shell(0, 0, 24, 72, 84, 5))
        .organ("Brain", 35, s.ellipsoid(0, 0, 26, 70, 76, 78))
        .organ("Cerebellum", 38, s.ellipsoid(0, 52, 20, 34, 44, 26))
        .organ("Hippocampus_L", 38, s.cylinder(Axis.Y, 28, 12, 30, 36, 9, 17))
        .organ("Hippocampus_R", 38, s.cylinder(Axis.Y, -28, 12, 30, 36, 9, 17))
        .organ("OpticChiasm", 36, s.box(0, -16, 32, 34, 9, 7))
        .organ("Pituitary", 45, s.upright(0, -14, 28, 32, 6, 6));
  }

  private static void eyesAndEars(Sculptor s, RoiList list) {
    list.organ("Eye_L", EYE_HU, s.ellipsoid(33, -74, 26, 34, 12, 12))
        .organ("Eye_R", EYE_HU, s.ellipsoid(-33, -74, 26, 34, 12, 12))
        .organ("Lens_L", 60, s.upright(33, -84, 29, 31, 5, 3))
        .organ("Lens_R", 60, s.upright(-33, -84, 29, 31, 5, 3))
        .organ("OpticNrv_L", 36, s.cylinder(Axis.Y, 20, -42, 29, 31, 3, 18))
        .organ("OpticNrv_R", 36, s.cylinder(Axis.Y, -20, -42, 29, 31, 3, 18))
        .organ("Cochlea_L", 400, s.box(38, 16, 21, 23, 4, 4))
        .organ("Cochlea_R", 400, s.box(-38, 16, 21, 23, 4, 4))
        .organ("Ear_Ext_L", AIR_HU, s.cylinder(Axis.X, 72, 20, 20, 26, 14, 8))
        .organ("Ear_Ext_R", AIR_HU, s.cylinder(Axis.X, -72, 20, 20, 26, 14, 8));
  }

  private static void neck(Sculptor s, RoiList list) {
    list.organ("Glnd_Submand_L", 20, s.ellipsoid(36, -26, -8, 2, 12, 15))
        .organ("Glnd_Submand_R", 20, s.ellipsoid(-36, -26, -8, 2, 12, 15))
        .organ(
            "Glnd_Thyroid",
            90,
            s.group(s.upright(20, -14, -34, -20, 9, 11), s.upright(-20, -14, -34, -20, 9, 11)))
        .organ("Esophagus", 25, s.upright(0, 16, -70, -18, 8, 7))
        .organ("Trachea", AIR_HU, s.upright(0, -14, -70, -20, 9, 9))
        .organ("Musc_Constrict", 50, s.tube(0, 2, -16, 14, 15, 5, Hollow.Hole.KEYHOLE))
        .organ("A_Carotid_L", 120, s.upright(34, 8, -60, 20, 5, 5))
        .organ("A_Carotid_R", 120, s.upright(-34, 8, -60, 20, 5, 5))
        .organ("Lung_L", -750, s.cone(52, 10, -72, -42, 36, Cone.Apex.UP))
        .organ("Lung_R", -750, s.cone(-52, 10, -72, -42, 36, Cone.Apex.UP))
        .avoidance(
            "Shoulders",
            s.group(s.box(68, 10, -70, -40, 12, 34), s.box(-68, 10, -70, -40, 12, 34)));
  }
}
