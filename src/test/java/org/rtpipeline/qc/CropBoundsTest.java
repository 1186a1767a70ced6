package org.rtpipeline.qc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

final class CropBoundsTest {

  /** Slices of 3 mm from 0 to 597 mm. */
  private static final VoxelGrid SCAN = VoxelGrid.axial(4, 4, 200, Point.ORIGIN, 1, 1, 3);

  /** Structures written as {@code name low high}, ends in slices of 3 mm. */
  private static CropBounds bounds(
      CropRegion region, @Nullable VoxelGrid grid, String... structures) {
    return CropBounds.of(List.of(set(structures)), grid).stream()
        .filter(found -> found.region() == region)
        .findFirst()
        .orElseThrow();
  }

  private static StructureSet set(String... structures) {
    List<Roi> rois = new ArrayList<>();
    for (String one : structures) {
      String[] words = one.split(" ", -1);
      rois.add(
          MadeCourse.box(
              rois.size() + 1,
              words[0],
              null,
              0,
              3,
              Integer.parseInt(words[1]),
              Integer.parseInt(words[2])));
    }
    return new StructureSet("set", "label", null, null, rois, List.of());
  }

  @Test
  void thePelvisReachesFromL1ToTenCentimetresBelowTheLowerFemoralHead() {
    CropBounds pelvis =
        bounds(
            CropRegion.PELVIS,
            SCAN,
            "vertebrae_L1 150 160",
            "Femur_Head_L 60 75",
            "Femur_Head_R 58 74");
    assertThat(pelvis.superiorMm()).isEqualTo(480);
    assertThat(pelvis.inferiorMm()).isEqualTo(3 * 58 - 100);
    assertThat(pelvis.quality()).isEqualTo(CropBounds.Quality.GOOD);
  }

  @Test
  void w27AWholeFemurCountsByItsHeadHoweverFarTheScanGoesDown() {
    CropBounds pelvis =
        bounds(
            CropRegion.PELVIS, SCAN, "vertebrae_L1 150 160", "femur_left 0 80", "femur_right 0 80");
    assertThat(pelvis.inferiorMm()).isEqualTo(240 - CropBounds.FEMORAL_HEAD_MM - 100);
    assertThat(pelvis.flags()).containsExactly(CropFlag.HEAD_FROM_FEMUR);
    assertThat(pelvis.quality()).isEqualTo(CropBounds.Quality.FLAGGED);
  }

  @Test
  void aFemoralHeadThatTheScanCutsIsFlagged() {
    CropBounds pelvis = bounds(CropRegion.PELVIS, SCAN, "vertebrae_L1 150 160", "femur_left 0 8");
    assertThat(pelvis.flags())
        .containsExactlyInAnyOrder(
            CropFlag.LANDMARK_AT_SCAN_END,
            CropFlag.ONE_SIDE,
            CropFlag.HEAD_FROM_FEMUR,
            CropFlag.CLAMPED);
    assertThat(pelvis.inferiorMm()).isEqualTo(-1.5);
  }

  @Test
  void w27AMissingLandmarkLeavesTheBoundOpenAndIsNotTheEndOfTheScan() {
    CropBounds pelvis =
        bounds(CropRegion.PELVIS, SCAN, "vertebrae_L2 140 149", "femoral_heads 60 75");
    assertThat(pelvis.superior()).isNull();
    assertThat(pelvis.superiorMm()).isNull();
    assertThat(pelvis.quality()).isEqualTo(CropBounds.Quality.MISSING);
    assertThat(pelvis.flags()).containsExactly(CropFlag.MISSING_LANDMARK);
    assertThat(bounds(CropRegion.PELVIS, SCAN).inferior()).isNull();
  }

  @Test
  void otherRegionsFollowTheirLandmarksInOrder() {
    CropBounds thorax =
        bounds(CropRegion.THORAX, SCAN, "Lung_L 90 150", "Lung_R 91 151", "liver 50 95");
    assertThat(thorax.superiorMm()).isEqualTo(3 * 151 + 20);
    assertThat(thorax.inferiorMm()).isEqualTo(3 * 95 - 20);
    assertThat(thorax.flags()).containsExactly(CropFlag.FALLBACK_LANDMARK);
    CropBounds abdomen =
        bounds(CropRegion.ABDOMEN, SCAN, "vertebrae_T12 150 160", "vertebrae_L5 90 100");
    assertThat(abdomen.superiorMm()).isEqualTo(500);
    assertThat(abdomen.inferiorMm()).isEqualTo(250);
    CropBounds neck = bounds(CropRegion.HEAD_NECK, SCAN, "brain 150 195", "clavicula_left 90 100");
    assertThat(neck.superiorMm()).isEqualTo(598.5);
    assertThat(neck.inferiorMm()).isEqualTo(250);
    assertThat(neck.flags())
        .containsExactlyInAnyOrder(CropFlag.FALLBACK_LANDMARK, CropFlag.ONE_SIDE, CropFlag.CLAMPED);
    CropBounds brain = bounds(CropRegion.BRAIN, SCAN, "brain 150 190");
    assertThat(brain.superiorMm()).isEqualTo(580);
    assertThat(brain.inferiorMm()).isEqualTo(440);
  }

  @Test
  void withoutAScanBoundsAreRequestedButNotApplied() {
    CropBounds brain = bounds(CropRegion.BRAIN, null, "brain 150 190");
    assertThat(brain.superior()).isEqualTo(new CropBounds.Bound("brain", 580));
    assertThat(brain.superiorMm()).isNull();
    assertThat(brain.flags()).containsExactly(CropFlag.NO_SCAN);
  }

  @Test
  void boundsInTheWrongOrderLeaveNothing() {
    CropBounds abdomen =
        bounds(CropRegion.ABDOMEN, SCAN, "vertebrae_T12 50 60", "vertebrae_L5 120 130");
    assertThat(abdomen.flags()).contains(CropFlag.EMPTY);
  }

  @Test
  void marginsThatAreAskedForTakeThePlaceOfThoseOfTheRegion() {
    StructureSet set = set("vertebrae_L1 150 160", "femoral_heads 60 75");
    CropOptions asked =
        new CropOptions(CropOptions.Mode.ON, CropRegion.PELVIS, 5.0, 30.0, List.of());
    CropOptions plain =
        new CropOptions(CropOptions.Mode.ON, CropRegion.PELVIS, null, null, List.of());

    CropBounds bounds = CropBounds.of(asked, List.of(set), SCAN);

    assertThat(bounds.superiorMm()).isEqualTo(485);
    assertThat(bounds.inferiorMm()).isEqualTo(150);
    assertThat(bounds.canCut()).isTrue();
    assertThat(CropBounds.of(plain, List.of(set), SCAN))
        .isEqualTo(bounds(CropRegion.PELVIS, SCAN, "vertebrae_L1 150 160", "femoral_heads 60 75"));
    assertThat(asked.json())
        .isEqualTo(
            "{\"inferiorMarginMm\":30.0,\"region\":\"PELVIS\",\"results\":[],"
                + "\"superiorMarginMm\":5.0}");
  }

  @Test
  void landmarksOfAHeightThatNoBodyHasAreImplausible() {
    assertThat(bounds(CropRegion.BRAIN, SCAN, "brain 100 180").flags())
        .containsExactly(CropFlag.IMPLAUSIBLE_LANDMARK);
    assertThat(bounds(CropRegion.BRAIN, SCAN, "brain 170 180").flags())
        .containsExactly(CropFlag.IMPLAUSIBLE_LANDMARK);
    assertThat(bounds(CropRegion.BRAIN, SCAN, "brain 190 199").flags())
        .as("a scan that ends in the brain holds as little of it as it does")
        .doesNotContain(CropFlag.IMPLAUSIBLE_LANDMARK);
    assertThat(bounds(CropRegion.ABDOMEN, SCAN, "vertebrae_T12 150 190", "vertebrae_L5 90 100"))
        .extracting(CropBounds::flags)
        .isEqualTo(EnumSet.of(CropFlag.IMPLAUSIBLE_LANDMARK));
  }

  @Test
  void landmarksOutOfTheirOrderFromHeadToFootAreImplausible() {
    String[] swapped = {"vertebrae_L1 60 70", "femoral_heads 40 55", "vertebrae_L3 80 90"};
    assertThat(bounds(CropRegion.PELVIS, SCAN, swapped).flags())
        .contains(CropFlag.IMPLAUSIBLE_LANDMARK);
    String[] ordered = {"vertebrae_L1 100 110", "femoral_heads 40 55", "vertebrae_L3 80 90"};
    assertThat(bounds(CropRegion.PELVIS, SCAN, ordered).flags())
        .doesNotContain(CropFlag.IMPLAUSIBLE_LANDMARK);
  }

  @Test
  void missingLandmarksAreFindingsThatNameWhatWasExpected() {
    List<Finding> one = bounds(CropRegion.PELVIS, SCAN, "femoral_heads 60 75").findings("key");
    assertThat(one)
        .containsExactly(
            new Finding(
                Finding.Level.WARN,
                Finding.Code.CROP_LANDMARK_MISSING,
                "key",
                "PELVIS has no landmark of the upper bound, expected vertebrae_L1"));
    assertThat(bounds(CropRegion.HEAD_NECK, SCAN).findings("key"))
        .singleElement()
        .satisfies(
            none -> {
              assertThat(none.level()).isEqualTo(Finding.Level.OK);
              assertThat(none.message())
                  .contains("upper bound, expected brain, or skull; no landmark of the lower");
            });
    assertThat(bounds(CropRegion.PELVIS, SCAN, "vertebrae_L1 150 160", "femoral_heads 60 75"))
        .satisfies(good -> assertThat(good.findings("key")).isEmpty())
        .satisfies(good -> assertThat(good.check("key").level()).isEqualTo(QcLevel.PASS));
  }

  @Test
  void landmarksThatAreCutOrImplausibleAreFindingsWithTheirValues() {
    CropBounds cut = bounds(CropRegion.BRAIN, SCAN, "brain 150 199");
    assertThat(cut.findings("key"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(Finding.Code.CROP_LANDMARK_CUT);
              assertThat(finding.level()).isEqualTo(Finding.Level.WARN);
              assertThat(finding.message())
                  .startsWith("BRAIN from 607.0 mm (brain) to 440.0 mm (brain)");
            });
    assertThat(cut.check("key").level()).isEqualTo(QcLevel.INFO);
    CropBounds reversed =
        bounds(CropRegion.ABDOMEN, SCAN, "vertebrae_T12 50 60", "vertebrae_L5 120 130");
    assertThat(reversed.findings("key"))
        .extracting(Finding::code)
        .containsExactly(Finding.Code.CROP_LANDMARK_IMPLAUSIBLE);
    assertThat(reversed.check("key"))
        .satisfies(check -> assertThat(check.level()).isEqualTo(QcLevel.WARNING))
        .satisfies(check -> assertThat(check.value()).contains("EMPTY", "200.0 mm"));
    assertThat(reversed.canCut()).isFalse();
  }

  @Test
  void anExtentHasItsEndsInOrder() {
    assertThatThrownBy(() -> new AxialExtent(2, 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
