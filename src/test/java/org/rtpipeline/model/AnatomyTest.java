package org.rtpipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnatomyTest {

  @ParameterizedTest
  @CsvSource({
    "vertebrae_L1, vertebrae_L1",
    "VB_T12, vertebrae_T12",
    "Vertebra_Th4, vertebrae_T4",
    "total--vertebrae_C7, vertebrae_C7",
    "sacrum__partial, sacrum",
    "Bladder, urinary_bladder",
    "Lung_L, lung_left",
    "LUNG RIGHT, lung_right",
    "Lungs, lungs",
    "Femur_Head_L, femur_head_left",
    "FemoralHead_R, femur_head_right",
    "femur_left, femur_left",
    "A_Aorta, aorta",
    "Bone_Pelvic, hips",
    "BrainStem, brainstem",
    "Parotid_L, parotid_gland_left",
    "Glnd_Parotid_R, parotid_gland_right",
    "parotid_gland_left, parotid_gland_left",
    "Bone_Mandible, mandible",
    "lung_upper_lobe_left, lung_upper_lobe_left",
  })
  void namesOfAnyoneBecomeThoseOfTotalSegmentator(String written, String name) {
    assertThat(Anatomy.of(written)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Heart_PRV", "Lung_L-PTV", "T1", "Bladder_Wall", "PTV", "", "vertebrae_L9"})
  void otherStructuresAreNotTakenForAnatomy(String written) {
    assertThat(Anatomy.of(written)).isEmpty();
  }
}
