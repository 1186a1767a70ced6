package org.rtpipeline.phantom;

import java.util.List;

/** A lung patient with the tumour on the left. */
final class ThoraxLayout {

  private static final int LUNG_HU = -750;
  private static final int AIR_HU = -980;
  private static final int BONE_HU = 300;

  private ThoraxLayout() {}

  static List<PhantomRoi> rois(Sculptor s, PhantomSize size) {
    RoiList list = new RoiList();
    list.body(s.body(172, 112, size.slices() / 2 - 2));
    if (size == PhantomSize.CLINICAL) {
      lungs(s, list, 44);
      abdomen(s, list);
      mediastinum(s, list);
      chestWall(s, list);
    } else {
      lungs(s, list, 17);
    }
    return core(s, list).rois();
  }

  private static void lungs(Sculptor s, RoiList list, int halfSlabs) {
    list.organ("Lung_L", LUNG_HU, s.ellipsoid(80, 5, -halfSlabs, halfSlabs, 58, 78))
        .organ("Lung_R", LUNG_HU, s.ellipsoid(-80, 5, -halfSlabs, halfSlabs, 60, 80));
  }

  private static RoiList core(Sculptor s, RoiList list) {
    return list.organ("Heart", 45, s.ellipsoid(24, -34, -17, 5, 42, 38))
        .organ("Esophagus", 25, s.upright(-4, 38, -17, 17, 9, 8))
        .organ("SpinalCord", 35, s.upright(0, 74, -17, 17, 7, 6))
        .organ("Trachea", AIR_HU, s.tube(-2, 12, 4, 17, 12, 4, Hollow.Hole.KEYHOLE))
        .organ("Bronchus_L", -300, s.cylinder(Axis.X, 26, 16, 0, 6, 20, 9))
        .target("PTV_High", s.ellipsoid(60, 18, -8, 8, 25, 26))
        .target("CTV_High", s.ellipsoid(60, 18, -6, 6, 18, 19))
        .target("GTV_High", s.ellipsoid(60, 18, -4, 4, 12, 13));
  }

  private static void abdomen(Sculptor s, RoiList list) {
    list.organ("Liver", 60, s.ellipsoid(-58, -8, -70, -36, 70, 66))
        .organ("Stomach", 10, s.ellipsoid(66, -20, -70, -44, 40, 36))
        .organ("Spleen", 50, s.ellipsoid(106, 42, -68, -44, 24, 32))
        .organ("Kidney_L", 30, s.ellipsoid(60, 58, -72, -50, 25, 23))
        .organ("Kidney_R", 30, s.ellipsoid(-60, 58, -72, -52, 25, 23))
        .organ("Colon", -10, s.cylinder(Axis.X, 0, -62, -70, -60, 80, 15));
  }

  private static void mediastinum(Sculptor s, RoiList list) {
    list.organ("A_Aorta", 130, s.upright(26, 52, -60, 26, 13, 13))
        .organ("A_Pulmonary", 120, s.cylinder(Axis.X, 4, -8, 4, 12, 36, 12))
        .organ("V_Venacava_S", 110, s.upright(-26, -6, 8, 40, 9, 10))
        .organ("Atrium_L", 48, s.ellipsoid(14, -2, -8, 4, 26, 17))
        .organ("Ventricle_L", 48, s.shell(40, -40, -16, 0, 26, 9))
        .organ("Pericardium", 30, s.shell(24, -34, -18, 6, 44, 3))
        .organ(
            "Glnd_Thyroid",
            90,
            s.group(s.upright(18, -30, 50, 64, 9, 10), s.upright(-18, -30, 50, 64, 9, 10)))
        .organ("Larynx", -50, s.tube(0, -28, 56, 70, 15, 5, Hollow.Hole.OWN_CONTOUR))
        .organ("Bronchus_R", -300, s.cylinder(Axis.X, -28, 16, 0, 6, 18, 9))
        .organ("Thymus", 20, s.box(4, -64, 14, 26, 22, 8));
  }

  private static void chestWall(Sculptor s, RoiList list) {
    list.organ("VB_T5", BONE_HU, s.upright(0, 58, 10, 18, 17, 9))
        .organ("VB_T6", BONE_HU, s.upright(0, 58, 0, 8, 17, 9))
        .organ("VB_T7", BONE_HU, s.upright(0, 58, -10, -2, 18, 9))
        .organ("Sternum", BONE_HU, s.box(0, -92, -24, 30, 17, 6))
        .organ("Humerus_L", BONE_HU, s.ellipsoid(142, 10, 50, 66, 14, 22))
        .organ("Humerus_R", BONE_HU, s.ellipsoid(-142, 10, 50, 66, 14, 22))
        .organ("BrachialPlex_L", 40, s.cylinder(Axis.X, 70, 18, 48, 54, 32, 9))
        .organ("BrachialPlex_R", 40, s.cylinder(Axis.X, -70, 18, 48, 54, 32, 9))
        .organ("Breast_L", -60, s.cone(76, -70, -24, 2, 34, Cone.Apex.UP))
        .organ("Breast_R", -60, s.cone(-76, -70, -24, 2, 34, Cone.Apex.UP))
        .organ("Skin_Scar", 30, s.box(96, 62, -12, 4, 10, 5))
        .target(
            "PTV_Nodes", s.group(s.upright(34, 8, -6, 8, 12, 14), s.upright(70, -18, -4, 6, 9, 9)))
        .avoidance("Ring_Dose", s.tube(60, 18, -6, 6, 42, 8, Hollow.Hole.OWN_CONTOUR));
  }
}
