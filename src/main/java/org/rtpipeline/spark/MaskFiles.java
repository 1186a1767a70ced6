package org.rtpipeline.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rtpipeline.dicom.ContourImages;
import org.rtpipeline.dicom.SegWriter;
import org.rtpipeline.dicom.SegmentAlgorithm;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.images.NiftiLabelWriter;
import org.rtpipeline.model.CodedConcept;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.LabelMap;
import org.rtpipeline.segmentation.ClassicalBackEnd;
import org.rtpipeline.segmentation.DerivedUid;
import org.rtpipeline.segmentation.OutputOptions;
import org.rtpipeline.segmentation.OutputOptions.Format;

/**
 * Copies of the masks of a segmentation, as other programs read them. A copy that a format cannot
 * hold is left out, and a finding says so.
 *
 * @param made the segmentation
 * @param structureSetUid structure set of the same masks
 * @param series series of the structure set
 */
record MaskFiles(SegmentationFiles.Made made, String structureSetUid, SeriesContext series) {

  private static final String SEG = "SEG_auto.dcm";
  private static final int SEG_SERIES_NUMBER = 904;

  /**
   * The files that are asked for, by name.
   *
   * @param findings gets one for each copy that is left out
   */
  Map<String, byte[]> of(OutputOptions options, List<Finding> findings) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (options.formats().contains(Format.SEG)) {
      addSeg(files, findings);
    }
    if (options.formats().contains(Format.NIFTI)) {
      addLabels(files, findings);
    }
    return files;
  }

  private void addSeg(Map<String, byte[]> files, List<Finding> findings) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      SegWriter.write(
          made.study(),
          new SeriesContext(
              DerivedUid.of(structureSetUid, "SEG series"),
              SEG_SERIES_NUMBER,
              series.description(),
              series.equipment(),
              series.made()),
          new SegWriter.Identity(DerivedUid.of(structureSetUid, "SEG"), series.description()),
          made.labels(),
          new ContourImages(
              made.study().studyUid(), made.series().seriesUid(), made.ct().sopInstanceUids()),
          new SegmentAlgorithm(made.backEnd().name(), made.backEnd().version(), family()),
          out);
      files.put(SEG, out.toByteArray());
    } catch (IllegalArgumentException unfit) {
      findings.add(leftOut(SEG, unfit));
    }
  }

  private CodedConcept family() {
    return made.backEnd() instanceof ClassicalBackEnd
        ? SegmentAlgorithm.MORPHOLOGICAL_OPERATIONS
        : SegmentAlgorithm.ARTIFICIAL_INTELLIGENCE;
  }

  private void addLabels(Map<String, byte[]> files, List<Finding> findings) throws IOException {
    int number = 0;
    for (LabelMap.Layer layer : made.labels().layers()) {
      number++;
      String name = "labels_" + number + ".nii.gz";
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try {
        NiftiLabelWriter.write(made.labels().grid(), layer, out);
        files.put(name, out.toByteArray());
      } catch (IllegalArgumentException unfit) {
        findings.add(leftOut(name, unfit));
      }
    }
  }

  private Finding leftOut(String name, IllegalArgumentException unfit) {
    return new Finding(
        Finding.Level.WARN,
        Finding.Code.SEGMENTER_OUTPUT_INVALID,
        made.course().id().key(),
        name + " is not written: " + unfit.getMessage());
  }
}
