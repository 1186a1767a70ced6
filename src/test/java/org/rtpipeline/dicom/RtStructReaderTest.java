package org.rtpipeline.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

class RtStructReaderTest {
  private static final String SQUARE = "0\\0\\5\\10\\0\\5\\10\\10\\5\\0\\10\\5";

  private static StructureSet read(DicomObject.Builder builder) throws DicomException {
    return RtStructReader.read("made.dcm", Samples.stream(builder));
  }

  private static DicomObject observation(int number, String type) {
    return DicomObject.builder()
        .integers(Tags.REFERENCED_ROI_NUMBER, number)
        .text(Tags.RT_ROI_INTERPRETED_TYPE, type)
        .build();
  }

  @Test
  void regionsComeInOrderOfTheirNumbers() throws Exception {
    StructureSet set =
        read(
            Samples.structureSet(
                List.of(Samples.roi(7, "PTV 60"), Samples.roi(2, "Bladder")),
                List.of(
                    Samples.roiContours(7, Samples.contour("CLOSED_PLANAR", SQUARE)),
                    Samples.roiContours(2, Samples.contour("CLOSED_PLANAR", SQUARE))),
                List.of(observation(7, "PTV"))));
    assertThat(set.rois()).extracting(Roi::name).containsExactly("Bladder", "PTV 60");
    assertThat(set.rois()).extracting(Roi::interpretedType).containsExactly(null, "PTV");
    assertThat(set.rois().get(1).generationAlgorithm()).isEqualTo("MANUAL");
    assertThat(set.label()).isEqualTo("Planning");
    assertThat(set.approvalStatus()).isEqualTo("APPROVED");
    assertThat(set.frameOfReferenceUid()).isEqualTo(Samples.FRAME);
    assertThat(set.findings()).isEmpty();
    Contour contour = set.rois().get(0).contours().get(0);
    assertThat(contour.pointsMm()).containsExactly(0, 0, 5, 10, 0, 5, 10, 10, 5, 0, 10, 5);
    assertThat(contour.type()).isEqualTo(Contour.Type.CLOSED_PLANAR);
  }

  @ParameterizedTest
  @CsvSource({
    "CLOSED_PLANAR, 0\\0\\5\\10, CONTOUR_NOT_TRIPLETS",
    "CLOSED_PLANAR, 0\\NaN\\5, INVALID_NUMBER",
    "CLOSED_PLANAR, 0\\\\5, INVALID_NUMBER",
    "CLOSED_PLANAR, 0\\1e999\\5, INVALID_NUMBER",
    "SPIRAL, 0\\0\\5, UNSUPPORTED_CONTOUR_TYPE"
  })
  void aBadContourIsLeftOutAndTheOthersStay(String type, String data, Finding.Code code)
      throws Exception {
    StructureSet set =
        read(
            Samples.structureSet(
                List.of(Samples.roi(1, "A"), Samples.roi(2, "B")),
                List.of(
                    Samples.roiContours(
                        1, Samples.contour(type, data), Samples.contour("CLOSED_PLANAR", SQUARE)),
                    Samples.roiContours(2, Samples.contour("CLOSED_PLANAR", SQUARE))),
                List.of()));
    assertThat(set.findings()).hasSize(1);
    assertThat(set.findings().get(0).code()).isEqualTo(code);
    assertThat(set.findings().get(0).subject()).isEqualTo("1");
    assertThat(set.findings().get(0).message()).startsWith("1 of 2 contours");
    assertThat(set.rois()).allSatisfy(roi -> assertThat(roi.contours()).hasSize(1));
  }

  @Test
  void wrongPointCountsAreFlagged() throws Exception {
    DicomObject contour =
        DicomObject.builder()
            .all(Samples.contour("CLOSED_PLANAR", SQUARE))
            .integers(Tags.NUMBER_OF_CONTOUR_POINTS, 5)
            .items(Tags.CONTOUR_IMAGE_SEQUENCE, Samples.reference(SopClass.CT, "1.2.9"))
            .build();
    StructureSet set =
        read(
            Samples.structureSet(
                List.of(Samples.roi(1, "A")), List.of(Samples.roiContours(1, contour)), List.of()));
    assertThat(Samples.codes(set.findings())).containsExactly(Finding.Code.CONTOUR_POINT_COUNT);
    assertThat(set.rois().get(0).contours().get(0).points()).isEqualTo(4);
    assertThat(set.rois().get(0).contours().get(0).imageSopInstanceUid()).isEqualTo("1.2.9");
  }

  @Test
  void oddRegionsAreFlagged() throws Exception {
    StructureSet set =
        read(
            Samples.structureSet(
                List.of(
                    Samples.roi(1, ""),
                    Samples.roi(2, "B"),
                    Samples.roi(2, "C"),
                    Samples.roi(3, "B"),
                    DicomObject.builder().text(Tags.ROI_NAME, "no number").build()),
                List.of(
                    Samples.roiContours(1, Samples.contour("POINT", "1\\2\\3")),
                    Samples.roiContours(2, Samples.contour("POINT", "1\\2\\3"))),
                List.of()));
    assertThat(Samples.codes(set.findings()))
        .containsExactly(
            Finding.Code.EMPTY_ROI_NAME,
            Finding.Code.DUPLICATE_ROI_NUMBER,
            Finding.Code.EMPTY_ROI,
            Finding.Code.DUPLICATE_ROI_NAME,
            Finding.Code.INVALID_NUMBER);
    assertThat(set.rois()).extracting(Roi::number).containsExactly(1, 2, 3);
  }

  @Test
  void contoursOfAnotherRegionWithTheSameNumberAreNotAdded() throws Exception {
    String other = SQUARE.replace("5", "8");
    StructureSet set =
        read(
            Samples.structureSet(
                List.of(Samples.roi(1, "PTV"), Samples.roi(1, "Body")),
                List.of(
                    Samples.roiContours(1, Samples.contour("CLOSED_PLANAR", SQUARE)),
                    Samples.roiContours(1, Samples.contour("CLOSED_PLANAR", other))),
                List.of()));
    assertThat(Samples.codes(set.findings())).containsExactly(Finding.Code.DUPLICATE_ROI_NUMBER);
    assertThat(set.rois()).extracting(Roi::name).containsExactly("PTV");
    assertThat(set.rois().get(0).contours())
        .extracting(contour -> contour.pointsMm()[2])
        .containsExactly(5.0);
  }

  @Test
  void contoursOfOneRegionMayComeInSeveralLists() throws Exception {
    StructureSet set =
        read(
            Samples.structureSet(
                List.of(Samples.roi(1, "PTV")),
                List.of(
                    Samples.roiContours(1, Samples.contour("CLOSED_PLANAR", SQUARE)),
                    Samples.roiContours(
                        1, Samples.contour("CLOSED_PLANAR", SQUARE.replace("5", "8")))),
                List.of()));
    assertThat(set.findings()).isEmpty();
    assertThat(set.rois().get(0).contours()).hasSize(2);
  }

  @Test
  void structureSetsWithoutRegionsAreFlagged() throws Exception {
    StructureSet set = read(Samples.structureSet(List.of(), List.of(), List.of()));
    assertThat(Samples.codes(set.findings())).containsExactly(Finding.Code.NO_ROI);
  }

  @Test
  void theFrameIsThatOfTheRegionsWhenNothingElseNamesIt() throws Exception {
    StructureSet set =
        read(
            Samples.structureSet(List.of(Samples.roi(1, "A")), List.of(), List.of())
                .without(Tags.FRAME_OF_REFERENCE_UID));
    assertThat(set.frameOfReferenceUid()).isEqualTo(Samples.FRAME);
  }

  @Test
  void manyPointsAreReadExactly() throws Exception {
    StringBuilder data = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      data.append(i == 0 ? "" : "\\").append(i / 8.0).append("\\-").append(i).append("\\5");
    }
    StructureSet set =
        read(
            Samples.structureSet(
                List.of(Samples.roi(1, "A")),
                List.of(Samples.roiContours(1, Samples.contour("CLOSED_PLANAR", data.toString()))),
                List.of()));
    double[] pointsMm = set.rois().get(0).contours().get(0).pointsMm();
    assertThat(pointsMm).hasSize(300_000);
    assertThat(pointsMm[3 * 99_999]).isEqualTo(99_999 / 8.0);
    assertThat(pointsMm[3 * 99_999 + 1]).isEqualTo(-99_999);
  }

  @Test
  void otherObjectsAreRefused() {
    assertThatExceptionOfType(DicomException.class)
        .isThrownBy(() -> read(Samples.dose()))
        .extracting(DicomException::code)
        .isEqualTo(Finding.Code.MODALITY_MISMATCH);
  }
}
