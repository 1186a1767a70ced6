package org.rtpipeline.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.images.NiftiReader;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;

/** The classical back end on real scans, beside labels that a model made; no expert drew them. */
final class SharedClassicalTest {

  private static final String FOLDER = "segmentation/totalsegmentator-reference/";
  private static final Pattern LUNG = Pattern.compile("lung_.*");
  private static final Pattern BONE =
      Pattern.compile(
          "vertebrae_.*|rib_.*|sternum|hip_.*|sacrum|femur_.*|humerus_.*|scapula_.*|clavicula_.*");

  private static ImageVolume volume(String file) throws IOException {
    try (InputStream in = Files.newInputStream(SharedData.require(FOLDER + file))) {
      return NiftiReader.read(in).volume();
    }
  }

  private static byte[] labelled(float[] labels, Pattern names) throws IOException {
    Set<Integer> wanted = new HashSet<>();
    for (String line : Files.readAllLines(SharedData.require(FOLDER + "classes_total.csv"))) {
      List<String> cells = List.of(line.split(",", -1));
      if (names.matcher(cells.get(1)).matches()) {
        wanted.add(Integer.parseInt(cells.get(0)));
      }
    }
    byte[] mask = new byte[labels.length];
    for (int at = 0; at < mask.length; at++) {
      mask[at] = (byte) (wanted.contains((int) labels[at]) ? 1 : 0);
    }
    return mask;
  }

  private static LabelMap segment(ImageVolume image) throws SegmentationException {
    return new ClassicalBackEnd()
        .segment(
            new SegmentationInput(new CourseId("course"), "1.2.3", "CT", image, Path.of(".")),
            Device.CPU);
  }

  private static byte[] mask(LabelMap map, LabelledStructure... structures) {
    byte[] all = new byte[(int) map.grid().voxels()];
    for (LabelledStructure structure : structures) {
      byte[] one = map.mask(structure);
      for (int at = 0; at < all.length; at++) {
        all[at] |= one[at];
      }
    }
    return all;
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

  private static double contained(byte[] outer, float[] labels) {
    long inside = 0;
    long all = 0;
    for (int at = 0; at < outer.length; at++) {
      if (labels[at] != 0) {
        all++;
        inside += outer[at];
      }
    }
    return (double) inside / all;
  }

  @Test
  void bodyLungsAndBoneReachTheirFloorsWithoutContrastMedium()
      throws IOException, SegmentationException {
    LabelMap found = segment(volume("ct-abdomen-3mm/example_ct.nii.gz"));
    float[] labels = volume("ct-abdomen-3mm/example_seg_fast_force_split.nii.gz").values();
    assertThat(contained(mask(found, ClassicalStructure.BODY), labels)).isGreaterThan(0.98);
    assertThat(
            dice(
                mask(found, ClassicalStructure.LUNG_LEFT, ClassicalStructure.LUNG_RIGHT),
                labelled(labels, LUNG)))
        .isGreaterThan(0.94);
    assertThat(dice(mask(found, ClassicalStructure.BONE), labelled(labels, BONE)))
        .isGreaterThan(0.87);
  }

  @Test
  void boneStaysUsableWithContrastMedium() throws IOException, SegmentationException {
    LabelMap found = segment(volume("ct-dicom-20/ct_3mm.nii.gz"));
    float[] labels = volume("ct-dicom-20/seg_3mm.nii.gz").values();
    assertThat(contained(mask(found, ClassicalStructure.BODY), labels)).isGreaterThan(0.98);
    assertThat(dice(mask(found, ClassicalStructure.BONE), labelled(labels, BONE)))
        .isBetween(0.65, 0.85);
  }
}
