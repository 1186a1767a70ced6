package org.rtpipeline.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dicom.ContourImages;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.dicom.ImageSeriesReader;
import org.rtpipeline.dicom.ReadVolume;
import org.rtpipeline.dicom.RoiOrigin;
import org.rtpipeline.dicom.RtStructReader;
import org.rtpipeline.dicom.RtStructWriter;
import org.rtpipeline.dicom.SegReader;
import org.rtpipeline.dicom.SegWriter;
import org.rtpipeline.dicom.SegmentAlgorithm;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.fixture.Programs;
import org.rtpipeline.fixture.SharedData;
import org.rtpipeline.images.NiftiLabelWriter;
import org.rtpipeline.images.NiftiReader;
import org.rtpipeline.images.StoredImage;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.StructureSet;

/** From the slices of a real scan to the files of its segmentation, and back. */
final class SharedOutputsTest {

  private static final ClassicalBackEnd BACK_END = new ClassicalBackEnd();
  private static final SeriesContext SERIES =
      new SeriesContext(
          "2.25.1",
          900,
          "Automatic structures",
          new SeriesContext.Equipment("Maker", "Model", "1"),
          LocalDateTime.of(2024, 2, 3, 4, 5));

  /** The scan names no study of its own. */
  private static final StudyContext STUDY =
      new StudyContext("P1", "A^B", "O", "1.2.826.1", "1", null, null, "1.2.826.9");

  @TempDir private static Path folder;

  private static ReadVolume ct;
  private static ContourImages images;
  private static LabelMap labels;

  @BeforeAll
  static void segmentOnce() throws IOException, DicomException, SegmentationException {
    Path dicom = SharedData.require("segmentation/totalsegmentator-reference/ct-dicom-20/dicom");
    List<String> paths;
    try (Stream<Path> files = Files.list(dicom)) {
      paths = files.map(Path::toString).sorted().toList();
    }
    ct = ImageSeriesReader.read(paths, path -> Files.newInputStream(Path.of(path)));
    images = new ContourImages(STUDY.studyUid(), "1.2.826.5", ct.sopInstanceUids());
    labels =
        BACK_END.segment(
            new SegmentationInput(
                new CourseId("course"), "1.2.826.5", "CT", ct.volume(), Path.of(".")),
            Device.CPU);
  }

  private static byte[] structureSet() throws IOException {
    StructureSet set =
        AutomaticStructures.of(
            labels,
            new AutomaticStructures.Image(
                "1.2.826.5", STUDY.frameOfReferenceUid(), ct.sopInstanceUids()),
            BACK_END,
            ContourOptions.EXACT,
            64);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RtStructWriter.write(
        STUDY, SERIES, set, images, new RoiOrigin("classical 1", labels.structures()), out);
    return out.toByteArray();
  }

  private static byte[] segments() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SegWriter.write(
        STUDY,
        SERIES,
        new SegWriter.Identity("2.25.2", "Automatic structures"),
        labels,
        images,
        new SegmentAlgorithm("classical", "1", SegmentAlgorithm.MORPHOLOGICAL_OPERATIONS),
        out);
    return out.toByteArray();
  }

  private static LabelledStructure named(LabelMap map, String name) {
    return map.structures().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void everyMaskComesBackFromTheStructureSet() throws IOException, DicomException {
    StructureSet set = RtStructReader.read("RS_auto.dcm", new ByteArrayInputStream(structureSet()));
    assertThat(set.rois()).extracting(Roi::name).contains("body", "bone", "spinal_canal");
    assertThat(set.findings()).isEmpty();
    for (Roi roi : set.rois()) {
      assertThat(MaskContoursTest.rasterized(roi.contours(), labels.grid()))
          .as(roi.name())
          .isEqualTo(labels.mask(named(labels, roi.name())));
    }
  }

  @Test
  void everyMaskComesBackFromTheSegments() throws IOException, DicomException {
    LabelMap back = SegReader.read("SEG.dcm", new ByteArrayInputStream(segments()), 0.5).labels();
    assertThat(back.grid().planes()).isEqualTo(labels.grid().planes());
    for (LabelledStructure structure : back.structures()) {
      assertThat(back.mask(structure))
          .as(structure.name())
          .isEqualTo(labels.mask(named(labels, structure.name())));
    }
  }

  @Test
  void everyLabelComesBackFromNifti() throws IOException {
    for (LabelMap.Layer layer : labels.layers()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      NiftiLabelWriter.write(labels.grid(), layer, out);
      StoredImage back = NiftiReader.read(new ByteArrayInputStream(out.toByteArray()));
      int different = 0;
      for (int at = 0; at < layer.labels().length; at++) {
        different += back.volume().values()[at] == layer.labels()[at] ? 0 : 1;
      }
      assertThat(different).isZero();
    }
  }

  @Test
  void dciodvfyFindsNoErrors() throws IOException, InterruptedException {
    Programs.require("dciodvfy");
    Path rs = Files.write(folder.resolve("RS_auto.dcm"), structureSet());
    Path seg = Files.write(folder.resolve("SEG.dcm"), segments());
    assertThat(Programs.printed("dciodvfy", rs.toString())).doesNotContain("Error");
    assertThat(Programs.printed("dciodvfy", seg.toString())).doesNotContain("Error");
  }
}
