package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes cumulative dose-volume histograms as an RT Dose (PS3.3 A.18) with an RT DVH module
 * (C.8.8.4) and without a dose grid. They are physical doses in Gy and volumes in cm³.
 *
 * <p>The files are in implicit VR little endian: in explicit VR a decimal string has at most 65 534
 * bytes (PS3.5 7.1.2), which a curve of 0.01 Gy bins exceeds. They have no instance number, which
 * validators take for the sign of a dose grid.
 */
public final class DvhDoseWriter {

  private DvhDoseWriter() {}

  /**
   * What the histograms are made of.
   *
   * @param structureSetUid the RT structure set of the regions
   * @param plans the plans of the dose; none when they are not known
   * @param summationType dose summation type (3004,000A)
   */
  public record Source(String structureSetUid, List<PlanReference> plans, String summationType) {

    /** Copies the list. */
    public Source {
      plans = List.copyOf(plans);
    }
  }

  /**
   * A plan.
   *
   * @param sopClassUid RT Plan or RT Ion Plan
   * @param sopInstanceUid the object
   */
  public record PlanReference(String sopClassUid, String sopInstanceUid) {

    /** An RT Plan, which is what a plan of unknown class is taken for. */
    public static PlanReference photon(String sopInstanceUid) {
      return new PlanReference(StorageClass.RT_PLAN, sopInstanceUid);
    }
  }

  /**
   * The histogram of one region.
   *
   * @param roiNumber ROI number (3006,0022)
   * @param binWidthGy width of every bin, the first of which begins at 0 Gy
   * @param atLeastCm3 volume that receives at least the dose of the lower edge of each bin
   * @param doses of the region
   */
  public record Curve(int roiNumber, double binWidthGy, List<Double> atLeastCm3, Doses doses) {

    /** Copies the list. */
    public Curve {
      atLeastCm3 = List.copyOf(atLeastCm3);
    }
  }

  /**
   * Doses of a region, Gy.
   *
   * @param minGy lowest
   * @param maxGy highest
   * @param meanGy mean over the volume
   */
  public record Doses(double minGy, double maxGy, double meanGy) {}

  /**
   * Writes the histograms of one structure set as a DICOM file.
   *
   * @param sopInstanceUid the object
   * @param curves at least one
   */
  public static void write(
      StudyContext study,
      SeriesContext series,
      String sopInstanceUid,
      Source source,
      List<Curve> curves,
      OutputStream out)
      throws IOException {
    if (curves.isEmpty()) {
      throw new IllegalArgumentException("a DVH sequence has at least one item");
    }
    DicomObject.Builder object =
        ObjectHead.begin(study, series, StorageClass.RT_DOSE, sopInstanceUid)
            .transferSyntax(TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN)
            .text(Tags.MODALITY, "RTDOSE")
            .text(Tags.DOSE_UNITS, "GY")
            .text(Tags.DOSE_TYPE, "PHYSICAL")
            .text(Tags.DOSE_SUMMATION_TYPE, source.summationType())
            .items(
                Tags.REFERENCED_STRUCTURE_SET_SEQUENCE,
                ObjectHead.reference(StorageClass.RT_STRUCTURE_SET, source.structureSetUid())
                    .build())
            .items(Tags.DVH_SEQUENCE, curves.stream().map(DvhDoseWriter::item).toList());
    if (!source.plans().isEmpty()) {
      object.items(
          Tags.REFERENCED_RT_PLAN_SEQUENCE,
          source.plans().stream()
              .map(plan -> ObjectHead.reference(plan.sopClassUid(), plan.sopInstanceUid()).build())
              .toList());
    }
    ObjectHead.frameOfReference(object, study);
    DicomWriter.write(object.build(), out);
  }

  private static DicomObject item(Curve curve) {
    DicomObject region =
        DicomObject.builder()
            .integers(Tags.REFERENCED_ROI_NUMBER, curve.roiNumber())
            .text(Tags.DVH_ROI_CONTRIBUTION_TYPE, "INCLUDED")
            .build();
    return DicomObject.builder()
        .text(Tags.DVH_TYPE, "CUMULATIVE")
        .text(Tags.DOSE_UNITS, "GY")
        .text(Tags.DOSE_TYPE, "PHYSICAL")
        .numbers(Tags.DVH_DOSE_SCALING, 1)
        .text(Tags.DVH_VOLUME_UNITS, "CM3")
        .integers(Tags.DVH_NUMBER_OF_BINS, curve.atLeastCm3().size())
        .bytes(Tags.DVH_DATA, Vr.DS, pairs(curve))
        .items(Tags.DVH_REFERENCED_ROI_SEQUENCE, region)
        .numbers(Tags.DVH_MINIMUM_DOSE, curve.doses().minGy())
        .numbers(Tags.DVH_MAXIMUM_DOSE, curve.doses().maxGy())
        .numbers(Tags.DVH_MEAN_DOSE, curve.doses().meanGy())
        .build();
  }

  /** The width of each bin and the volume after it, as DS text. */
  private static byte[] pairs(Curve curve) {
    String width = DecimalFormatter.text(curve.binWidthGy());
    StringBuilder text = new StringBuilder();
    for (double volumeCm3 : curve.atLeastCm3()) {
      text.append(text.isEmpty() ? "" : "\\")
          .append(width)
          .append('\\')
          .append(DecimalFormatter.text(volumeCm3));
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
