package org.rtpipeline.qc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.fixture.BodyPhantom;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.images.NiftiReader;
import org.rtpipeline.model.BodyRegion;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

final class BodyRegionsTest {

  private static final String FOLDER = "segmentation/totalsegmentator-reference/";

  /** Structures written as {@code name volume, name volume}. */
  private static SeenAnatomy seen(String structures) {
    Map<String, SeenAnatomy.Organ> organs = new TreeMap<>();
    for (String one : structures.split(", ", -1)) {
      if (!one.isEmpty()) {
        String[] words = one.split(" ", -1);
        organs.put(words[0], new SeenAnatomy.Organ(Double.parseDouble(words[1]), null, null));
      }
    }
    return new SeenAnatomy(organs);
  }

  private static RegionAnswer answer(BodyRegions regions, BodyRegion region) {
    return Objects.requireNonNull(regions.answers().get(region));
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD_NECK, 'vertebrae_C3 5', true, 0.7",
    "HEAD_NECK, 'brain 50', true, 0.3",
    "HEAD_NECK, 'brain 49, skull 49', false, 0",
    "HEAD_NECK, 'vertebrae_C1 5, skull 500', true, 1",
    "HEAD_NECK, 'brainstem 13', true, 0.3",
    "HEAD_NECK, 'parotid_gland_left 5, parotid_gland_right 5', true, 0.3",
    "HEAD_NECK, 'mandible 19', false, 0",
    "THORAX, 'vertebrae_T1 5, vertebrae_T2 5', false, 0.47",
    "THORAX, 'vertebrae_T1 5, vertebrae_T2 5, vertebrae_T3 5', true, 0.7",
    "THORAX, 'vertebrae_T1 5, heart 50', true, 0.53",
    "THORAX, 'lung_upper_lobe_left 150, lung_lower_lobe_right 49', false, 0",
    "THORAX, 'lung_left 120, lung_right 80', true, 0.3",
    "ABDOMEN, 'vertebrae_L1 5', false, 0.35",
    "ABDOMEN, 'vertebrae_L1 5, liver 100', true, 0.65",
    "ABDOMEN, 'kidney_left 20, kidney_right 20', true, 0.3",
    "ABDOMEN, 'spleen 29, kidneys 39', false, 0",
    "PELVIS, 'vertebrae_S1 5', true, 0.7",
    "PELVIS, 'hip_left 15, hip_right 15, sacrum 100', true, 1",
    "PELVIS, 'urinary_bladder 9', false, 0",
  })
  void structuresAnswerByVertebraeAndOrgans(
      BodyRegion region, String structures, boolean isShown, double confidence) {
    RegionAnswer answer = answer(BodyRegions.of(seen(structures), null), region);
    assertThat(answer.basis()).isEqualTo(RegionAnswer.Basis.STRUCTURES);
    assertThat(answer.isShown()).isEqualTo(isShown);
    assertThat(answer.confidence()).isCloseTo(confidence, within(1e-9));
  }

  @Test
  void withoutStructuresTheImageAnswers() {
    BodyRegions regions =
        BodyRegions.of(seen(""), new BodyRegions.Image("CT", BodyPhantom.between(300, 600), false));
    assertThat(regions.shown()).containsExactly(BodyRegion.THORAX, BodyRegion.ABDOMEN);
    assertThat(regions.basis()).isEqualTo("IMAGE");
    assertThat(regions.contrast().phase()).isEqualTo(ContrastPhase.UNKNOWN);
  }

  @Test
  void aFewStructuresAnswerForTheirOwnRegionOnly() {
    BodyRegions regions =
        BodyRegions.of(
            seen("urinary_bladder 100"),
            new BodyRegions.Image("CT", BodyPhantom.between(0, 400), false));
    assertThat(regions.shown()).containsExactly(BodyRegion.ABDOMEN, BodyRegion.PELVIS);
    assertThat(answer(regions, BodyRegion.PELVIS).confidence()).isEqualTo(0.3);
    assertThat(answer(regions, BodyRegion.ABDOMEN).basis()).isEqualTo(RegionAnswer.Basis.IMAGE);
    assertThat(regions.basis()).isEqualTo("STRUCTURES+IMAGE");
  }

  @Test
  void aLittleOfAnOrganDoesNotDenyWhatTheImageShows() {
    BodyRegions regions =
        BodyRegions.of(
            seen("lungs 4"), new BodyRegions.Image("CT", BodyPhantom.between(300, 600), false));
    assertThat(answer(regions, BodyRegion.THORAX).basis()).isEqualTo(RegionAnswer.Basis.IMAGE);
    assertThat(regions.shown()).containsExactly(BodyRegion.THORAX, BodyRegion.ABDOMEN);
  }

  @Test
  void aLittleOfAnOrganShowsNothingThatTheImageDoesNotShow() {
    BodyRegions regions =
        BodyRegions.of(
            seen("lungs 150"), new BodyRegions.Image("CT", BodyPhantom.between(0, 300), false));
    assertThat(answer(regions, BodyRegion.THORAX).isShown()).isFalse();
  }

  @Test
  void whatTheImageShowsApartFromTheStructuresIsNotTold() {
    BodyRegions regions =
        BodyRegions.of(
            seen("brainstem 13, mandible 69"),
            new BodyRegions.Image("CT", BodyPhantom.between(0, 190), false));
    assertThat(regions.image()).containsKey(BodyRegion.PELVIS);
    assertThat(regions.shown()).containsExactly(BodyRegion.HEAD_NECK);
    assertThat(answer(regions, BodyRegion.PELVIS).basis()).isEqualTo(RegionAnswer.Basis.NONE);
  }

  @Test
  void aLabelledSpineAnswersForAllRegions() {
    BodyRegions regions =
        BodyRegions.of(
            seen("vertebrae_L1 9, vertebrae_L2 9, vertebrae_L3 9, vertebrae_L4 9, vertebrae_L5 9"),
            new BodyRegions.Image("CT", BodyPhantom.between(300, 600), false));
    assertThat(regions.shown()).containsExactly(BodyRegion.ABDOMEN);
    assertThat(regions.basis()).isEqualTo("STRUCTURES");
  }

  @Test
  void aCourseWithoutImageOrStructureSaysWhyNothingIsShown() {
    BodyRegions regions = BodyRegions.of(seen(""), null);
    assertThat(regions.basis()).isEqualTo("NONE");
    assertThat(regions.reason()).hasValueSatisfying(why -> assertThat(why).contains("planning CT"));
    assertThat(regions.checks("key"))
        .extracting(QcResult::level)
        .containsExactly(QcLevel.NOT_EVALUATED, QcLevel.NOT_EVALUATED);
  }

  @Test
  void anImageThatDoesNotTellIsNoAnswer() {
    ImageVolume thorax = BodyPhantom.between(420, 640);
    float[] water = thorax.values().clone();
    for (int at = 0; at < water.length; at++) {
      water[at] = water[at] > -900 ? 0 : water[at];
    }
    BodyRegions regions =
        BodyRegions.of(
            seen(""), new BodyRegions.Image("CT", new ImageVolume(thorax.grid(), water), false));
    assertThat(regions.basis()).isEqualTo("NONE");
    assertThat(regions.reason())
        .hasValueSatisfying(why -> assertThat(why).contains("neither bone nor lungs"));
    assertThat(regions.checks("key").get(0).level()).isEqualTo(QcLevel.NOT_EVALUATED);
  }

  @Test
  void anImageOfNothingWarns() {
    BodyRegions regions =
        BodyRegions.of(seen(""), new BodyRegions.Image("CT", BodyPhantom.between(900, 1000), null));
    assertThat(regions.checks("key").get(0).level()).isEqualTo(QcLevel.WARNING);
    assertThat(regions.reason()).isPresent();
  }

  @Test
  void crumbsDoNotCountAndTheLargestOfANameDoes() {
    Roi crumb = MadeCourse.box(1, "Liver", null, 10, 11, 5, 6);
    Roi small = MadeCourse.box(2, "Brain", null, 10, 30, 5, 14);
    Roi large = MadeCourse.box(3, "brain", null, 10, 40, 5, 14);
    SeenAnatomy seen =
        SeenAnatomy.of(
            List.of(
                new StructureSet(
                    "set", "label", null, null, List.of(crumb, small, large), List.of())),
            null,
            null);
    assertThat(seen.organs()).containsOnlyKeys("brain");
    assertThat(Stream.of("brain").map(seen.organs()::get).map(SeenAnatomy.Organ::volumeCm3))
        .first()
        .satisfies(cm3 -> assertThat(cm3).isCloseTo(27, within(1e-9)));
  }

  @Test
  void densitiesAreThoseOfTheVoxelsInside() {
    QcCourse made = new MadeCourse().make();
    Roi heart = MadeCourse.box(1, "Heart", null, 10, 30, 5, 14);
    StructureSet set = new StructureSet("set", "label", null, null, List.of(heart), List.of());
    SeenAnatomy own = SeenAnatomy.of(List.of(set), made.ct(), MadeCourse.FRAME);
    assertThat(own.medianHu(List.of("aorta", "heart"))).hasValue(40);
    SeenAnatomy other = SeenAnatomy.of(List.of(set), made.ct(), "9.9");
    assertThat(other.medianHu(List.of("heart"))).isEmpty();
  }

  /** What a model's labels of a real scan say, voxel by voxel. */
  private static SeenAnatomy labelled(ImageVolume ct, String labelFile) throws IOException {
    float[] labels = volume(labelFile).values();
    Map<Integer, List<Float>> valuesHu = new TreeMap<>();
    for (int at = 0; at < labels.length; at++) {
      if (labels[at] > 0) {
        valuesHu.computeIfAbsent((int) labels[at], key -> new ArrayList<>()).add(ct.values()[at]);
      }
    }
    double voxelCm3 =
        ct.grid().columnSpacingMm()
            * ct.grid().rowSpacingMm()
            * ct.grid().meanPlaneSpacingMm()
            / 1000;
    Map<String, SeenAnatomy.Organ> organs = new TreeMap<>();
    for (String line : Files.readAllLines(SharedData.require(FOLDER + "classes_total.csv"))) {
      String[] cells = line.split(",", -1);
      List<Float> hu = cells[0].equals("index") ? null : valuesHu.get(Integer.valueOf(cells[0]));
      if (hu != null && hu.size() * voxelCm3 > 1) {
        hu.sort(null);
        organs.put(
            cells[1],
            new SeenAnatomy.Organ(
                hu.size() * voxelCm3,
                (double) hu.get(hu.size() / 2),
                (double) hu.get((int) (0.9 * hu.size()))));
      }
    }
    return new SeenAnatomy(organs);
  }

  private static ImageVolume volume(String file) throws IOException {
    try (InputStream in = Files.newInputStream(SharedData.require(FOLDER + file))) {
      return NiftiReader.read(in).volume();
    }
  }

  @Test
  void labelsOfAModelAndTheImageAloneAgreeOnARealScan() throws IOException {
    ImageVolume ct = volume("ct-abdomen-3mm/example_ct.nii.gz");
    SeenAnatomy seen = labelled(ct, "ct-abdomen-3mm/example_seg_fast_force_split.nii.gz");
    BodyRegions.Image image = new BodyRegions.Image("CT", ct, null);
    BodyRegions byLabels = BodyRegions.of(seen, image);
    assertThat(byLabels.basis()).isEqualTo("STRUCTURES");
    assertThat(byLabels.shown()).contains(BodyRegion.ABDOMEN, BodyRegion.PELVIS);
    assertThat(BodyRegions.of(seen(""), image).shown())
        .containsExactly(BodyRegion.ABDOMEN, BodyRegion.PELVIS);
    assertThat(byLabels.contrast().phase()).isEqualTo(ContrastPhase.NATIVE);
  }

  @Test
  void aRealScanWithContrastMediumIsNotNative() throws IOException {
    ImageVolume ct = volume("ct-dicom-20/ct_3mm.nii.gz");
    BodyRegions regions =
        BodyRegions.of(
            labelled(ct, "ct-dicom-20/seg_3mm.nii.gz"), new BodyRegions.Image("CT", ct, null));
    assertThat(regions.shown()).containsExactly(BodyRegion.ABDOMEN);
    assertThat(regions.contrast().phase()).isEqualTo(ContrastPhase.PORTAL_VENOUS);
  }
}
