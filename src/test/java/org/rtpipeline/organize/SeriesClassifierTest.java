package org.rtpipeline.organize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.SeriesClass;

final class SeriesClassifierTest {

  @ParameterizedTest(name = "{0} {1} of {2}, {3}: {4}")
  @CsvSource({
    "CT, Thorax, CT5000, ORIGINAL, DIAGNOSTIC_CT",
    "CT, Topogram 0.6, CT5000, ORIGINAL, EXCLUDED",
    "CT, Thorax, CT5000, LOCALIZER, EXCLUDED",
    "CT, 4D MIP, CT5000, ORIGINAL, EXCLUDED",
    "CT, Max(phases), CT5000, ORIGINAL, EXCLUDED",
    "CT, Dose Report, CT5000, ORIGINAL, EXCLUDED",
    "CT, Lung, Advanced Reconstruction, ORIGINAL, FOURDCT_PHASE",
    "CT, T=30%, CT5000, ORIGINAL, FOURDCT_PHASE",
    "CT, 4DCT Avg, CT5000, ORIGINAL, FOURDCT_AVERAGE",
    "CT, 'Average, various', CT5000, ORIGINAL, FOURDCT_AVERAGE",
    "CT, Lung, CT5000, AVERAGE, FOURDCT_AVERAGE",
    "CT, Lung, Advanced Reconstruction, MAXIP, EXCLUDED",
    "CT, Min (phases), CT5000, ORIGINAL, EXCLUDED",
    "CT, Respiration 1, CT5000, ORIGINAL, FOURDCT_PHASE",
    "CT, Maximum detail, CT5000, ORIGINAL, DIAGNOSTIC_CT",
    "CT, Pelvis, OBI Cone-beam CT, ORIGINAL, CBCT",
    "CT, kV_CBCT_01, TrueBeam, ORIGINAL, CBCT",
    "CT, Symmetry XVI, Elekta, ORIGINAL, CBCT",
    "MR, t1_mprage_sag, Skyra, ORIGINAL, MR_ANATOMIC",
    "MR, T2w TSE, Skyra, ORIGINAL, MR_ANATOMIC",
    "MR, ep2d_diff_b1000_ADC, Skyra, DERIVED, MR_FUNCTIONAL",
    "MR, DCE dyn, Skyra, ORIGINAL, MR_FUNCTIONAL",
    "MR, survey, Skyra, ORIGINAL, EXCLUDED",
    "MR, Cal 8HRBRAIN, Signa, ORIGINAL, EXCLUDED",
    "MR, PosDisp: [1] t2, Skyra, ORIGINAL, EXCLUDED",
    "MR, T2_superficial, Skyra, ORIGINAL, MR_ANATOMIC",
    "MR, mDIXON-W, Ingenia, ORIGINAL, MR_ANATOMIC",
    "MR, export, Skyra, SECONDARY, EXCLUDED",
    "MR, something, Skyra, ORIGINAL, MR_ANATOMIC",
    "PT, WB 3D, Biograph, ORIGINAL, PET",
    "PT, PET MIP, Biograph, ORIGINAL, EXCLUDED",
    "PT, Statistics, Biograph, ORIGINAL, EXCLUDED",
    "PT, Screen Save, Biograph, ORIGINAL, EXCLUDED",
    "PT, PET, Biograph, SECONDARY, EXCLUDED"
  })
  void headersSayWhatASeriesIsFor(
      String modality, String description, String model, String type, SeriesClass expected) {
    assertThat(classify(series(modality, description, model, List.of(type), 12)).seriesClass())
        .isEqualTo(expected);
  }

  @Test
  void aSecondaryCtOfNoScannerIsNoVolume() {
    assertThat(
            classify(series("CT", "MPR", "CT5000", List.of("DERIVED", "SECONDARY"), 12))
                .seriesClass())
        .isEqualTo(SeriesClass.EXCLUDED);
    assertThat(
            classify(series("CT", "MPR", "Somatom", List.of("DERIVED", "SECONDARY"), 12))
                .seriesClass())
        .isEqualTo(SeriesClass.DIAGNOSTIC_CT);
    assertThat(
            classify(series("CT", "Head", null, List.of("LOCALIZER", "AXIAL"), 12)).seriesClass())
        .isEqualTo(SeriesClass.DIAGNOSTIC_CT);
    assertThat(
            classify(series("PT", "WB", null, List.of("SECONDARY", "PRIMARY"), 12)).seriesClass())
        .isEqualTo(SeriesClass.PET);
  }

  @Test
  void aSeriesOfFewImagesIsNoVolumeButManyFramesAre() {
    assertThat(classify(series("MR", "t2", null, List.of(), 9)).note())
        .isEqualTo("9 images, a volume has 10 or more");
    assertThat(classify(series("MR", "t2", null, List.of(), 10)).seriesClass())
        .isEqualTo(SeriesClass.MR_ANATOMIC);
  }

  @Test
  void theCtOfAPetIsKnownByStudyAndFrame() {
    ImageSeries ct = series("CT", "AC", null, List.of(), 12);
    ImageSeries pet = series("PT", "WB", null, List.of(), 12);

    assertThat(new SeriesClassifier(List.of(ct, pet), null).classify(ct).seriesClass())
        .isEqualTo(SeriesClass.PETCT_CT);
    assertThat(new SeriesClassifier(List.of(ct, pet), ct).classify(ct).seriesClass())
        .as("what the structures were drawn on outweighs all")
        .isEqualTo(SeriesClass.PLANNING_CT);
  }

  private static SeriesClassifier.Verdict classify(ImageSeries series) {
    return new SeriesClassifier(List.of(series), null).classify(series);
  }

  private static ImageSeries series(
      String modality, String description, @Nullable String model, List<String> types, int images) {
    List<InstanceHeader> headers = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      headers.add(
          new InstanceHeader(
              new FileRef("file:/in/" + modality + i, 100, 0),
              "class",
              modality + i,
              "P1",
              "s",
              "series-" + modality,
              "f",
              modality,
              List.of(),
              new ObjectFacts.Image(
                  description, types, i, 4, 4, 1, List.of(), List.of(), "maker", model),
              List.of()));
    }
    return new ImageSeries("series-" + modality, "s", "f", modality, headers);
  }
}
