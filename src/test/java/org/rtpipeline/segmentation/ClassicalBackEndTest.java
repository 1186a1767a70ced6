package org.rtpipeline.segmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;

/** A made thorax: what it is made of is what must be found. */
final class ClassicalBackEndTest {

  private static final VoxelGrid GRID =
      VoxelGrid.axial(150, 110, 50, new Point(-187, -150, 0), 2.5, 2.5, 3);
  private static final float NOISE_HU = 15;

  private static MadeThorax thorax;
  private static LabelMap found;

  /** What every voxel is, and its density. */
  private static final class MadeThorax {

    private final float[] imageHu;
    private final String[] truth;

    private MadeThorax(float[] imageHu, String[] truth) {
      this.imageHu = imageHu;
      this.truth = truth;
    }

    static MadeThorax of(VoxelGrid grid, float bloodHu) {
      float[] imageHu = new float[(int) grid.voxels()];
      String[] truth = new String[imageHu.length];
      SplittableRandom random = new SplittableRandom(42);
      for (int at = 0; at < imageHu.length; at++) {
        Point mm =
            grid.toPatientMm(
                at % grid.columns(),
                at / grid.columns() % grid.rows(),
                grid.planeOffsetMm(at / grid.columns() / grid.rows()));
        truth[at] = part(mm.xMm(), mm.yMm(), mm.zMm());
        double noise = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
        imageHu[at] = (float) (density(truth[at], bloodHu, random) + noise * 2 * NOISE_HU);
      }
      return new MadeThorax(imageHu, truth);
    }

    private static boolean ellipse(double x, double y, double a, double b) {
      return x * x / (a * a) + y * y / (b * b) < 1;
    }

    private static String part(double x, double y, double z) {
      double across = Math.abs(x);
      if (y > 95 && y < 99 && across < 170) {
        return "couch";
      }
      if (ellipse(across - 160, y + 10, 22, 24)) {
        return ellipse(across - 160, y + 10, 8, 8) ? "bone" : "arm";
      }
      if (!ellipse(x, y, 130, 90)) {
        return "air";
      }
      if (ellipse(x, y - 55, 9, 8)) {
        return "canal";
      }
      if (ellipse(x, y - 48, 19, 24)) {
        return ellipse(x, y - 33, 14, 6) ? "marrow" : "bone";
      }
      if (ellipse(x + 25, y - 25, 10, 10)) {
        return "aorta";
      }
      if (z > 60 && ellipse(x, y + 5, 9, 9)) {
        return "trachea";
      }
      if (ellipse(across - 65, y, 38, 55) && z > 20) {
        return x > 0 ? "lung_left" : "lung_right";
      }
      if (z < 16 && ellipse(x - 40, y + 45, 20, 14)) {
        return "gas";
      }
      return "tissue";
    }

    private static double density(String part, float bloodHu, SplittableRandom random) {
      return switch (part) {
        case "air" -> -1000;
        case "couch" -> -150;
        case "canal" -> 25;
        case "marrow" -> 110 + 120 * (random.nextDouble() - 0.5);
        case "bone" -> 600;
        case "aorta" -> bloodHu;
        case "trachea" -> -985;
        case "gas" -> -980;
        case "lung_left", "lung_right" -> -800;
        default -> 40;
      };
    }

    byte[] mask(String... parts) {
      byte[] mask = new byte[truth.length];
      for (int at = 0; at < mask.length; at++) {
        for (String part : parts) {
          mask[at] |= (byte) (truth[at].equals(part) ? 1 : 0);
        }
      }
      return mask;
    }
  }

  @BeforeAll
  static void segmentOnce() throws SegmentationException {
    thorax = MadeThorax.of(GRID, 45);
    found = segment(thorax.imageHu);
  }

  private static LabelMap segment(float[] imageHu) throws SegmentationException {
    return new ClassicalBackEnd().segment(input("CT", imageHu), Device.CPU);
  }

  private static SegmentationInput input(String modality, float[] imageHu) {
    return new SegmentationInput(
        new CourseId("course"), "1.2.3", modality, new ImageVolume(GRID, imageHu), Path.of("."));
  }

  private static byte[] mask(LabelMap map, String name) {
    LabelledStructure structure =
        map.structures().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    return map.mask(structure);
  }

  private static double dice(byte[] one, byte[] other) {
    long both = 0;
    long all = 0;
    for (int at = 0; at < one.length; at++) {
      both += one[at] & other[at];
      all += one[at] + other[at];
    }
    return 2.0 * both / all;
  }

  @Test
  void theBodyHasItsArmsAndNotTheCouch() {
    byte[] outside = thorax.mask("air", "couch");
    byte[] inside = new byte[outside.length];
    for (int at = 0; at < inside.length; at++) {
      inside[at] = (byte) (1 - outside[at]);
    }
    assertThat(dice(mask(found, "body"), inside)).isGreaterThan(0.98);
  }

  @Test
  void lungsAreFoundSideBySideAndBowelGasIsNoLung() {
    assertThat(dice(mask(found, "lung_left"), thorax.mask("lung_left"))).isGreaterThan(0.97);
    assertThat(dice(mask(found, "lung_right"), thorax.mask("lung_right"))).isGreaterThan(0.97);
  }

  @Test
  void theWindpipeIsFollowedToItsEnd() {
    assertThat(dice(mask(found, "trachea"), thorax.mask("trachea"))).isGreaterThan(0.9);
  }

  @Test
  void boneTakesInItsMarrowAndLeavesTheCanal() {
    assertThat(dice(mask(found, "bone"), thorax.mask("bone", "marrow"))).isGreaterThan(0.9);
    assertThat(dice(mask(found, "spinal_canal"), thorax.mask("canal"))).isGreaterThan(0.85);
  }

  @Test
  void bloodWithContrastMediumIsNoBone() throws SegmentationException {
    MadeThorax bright = MadeThorax.of(GRID, 220);
    byte[] bone = mask(segment(bright.imageHu), "bone");
    byte[] aorta = bright.mask("aorta");
    int wrong = 0;
    for (int at = 0; at < bone.length; at++) {
      wrong += bone[at] & aorta[at];
    }
    assertThat(wrong).isLessThan(aorta.length / 1000);
  }

  @Test
  void lungsThatTouchAreParted() throws SegmentationException {
    float[] imageHu = thorax.imageHu.clone();
    for (int at = 0; at < imageHu.length; at++) {
      int i = at % GRID.columns();
      int j = at / GRID.columns() % GRID.rows();
      int k = at / GRID.columns() / GRID.rows();
      if (k > 30 && j >= 40 && j <= 42 && i > 60 && i < 90) {
        imageHu[at] = -800;
      }
    }
    LabelMap map = segment(imageHu);
    assertThat(dice(mask(map, "lung_left"), thorax.mask("lung_left"))).isGreaterThan(0.95);
    assertThat(dice(mask(map, "lung_right"), thorax.mask("lung_right"))).isGreaterThan(0.95);
  }

  @Test
  void paddingCountsAsAir() throws SegmentationException {
    float[] imageHu = thorax.imageHu.clone();
    for (int at = 0; at < imageHu.length; at++) {
      if (thorax.truth[at].equals("air")) {
        imageHu[at] = at % 2 == 0 ? -3024 : Float.NaN;
      }
    }
    assertThat(mask(segment(imageHu), "body")).isEqualTo(mask(found, "body"));
  }

  @Test
  void anImageWithoutBodyIsRefusedWithAReason() {
    float[] airHu = new float[(int) GRID.voxels()];
    Arrays.fill(airHu, -1000);
    assertThatThrownBy(() -> segment(airHu))
        .isInstanceOfSatisfying(
            SegmentationException.class,
            e -> assertThat(e.finding().code()).isEqualTo(Finding.Code.SEGMENTER_OUTPUT_INVALID));
  }

  @Test
  void onlyCtIsTaken() {
    assertThatThrownBy(
            () -> new ClassicalBackEnd().segment(input("MR", thorax.imageHu), Device.CPU))
        .isInstanceOfSatisfying(
            SegmentationException.class,
            e -> assertThat(e.finding().code()).isEqualTo(Finding.Code.MODALITY_MISMATCH));
  }

  @Test
  void theBackEndSaysWhatItIs() {
    ClassicalBackEnd backEnd = new ClassicalBackEnd();
    assertThat(backEnd.name()).isEqualTo("classical");
    assertThat(backEnd.deviceKind()).isEqualTo(Device.Kind.CPU);
    assertThat(backEnd.digest()).hasSize(64).isEqualTo(new ClassicalBackEnd().digest());
    assertThat(backEnd.version()).isNotBlank();
    assertThat(found.structures()).allMatch(s -> s.description().contains("no model"));
  }
}
