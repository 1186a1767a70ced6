package org.rtpipeline.dicom;

import java.io.IOException;
import java.io.OutputStream;
import org.rtpipeline.model.CodedConcept;

/** Writes PET image objects (PS3.3 A.21): static, in Bq/ml, one plane of a grid each. */
public final class PetImageWriter {

  private static final double WEIGHT_KG = 70;
  private static final double HEIGHT_M = 1.75;
  private static final double INJECTED_BQ = 3.5e8;
  private static final double HALF_LIFE_OF_F18_S = 6586.2;
  private static final int UPTAKE_S = 3600;

  private static final CodedConcept FLUORINE = CodedConcept.snomed("77004003", "^18^Fluorine");
  private static final CodedConcept FDG =
      CodedConcept.snomed("35321007", "Fluorodeoxyglucose F^18^");

  private PetImageWriter() {}

  /**
   * Writes one slice as a DICOM file: 350 MBq of FDG, given to 70 kg one hour before the series was
   * made.
   *
   * @param valuesBqml one value per voxel of the plane, x fastest, then y, from -1024 to 3071
   */
  public static void write(
      StudyContext study,
      SeriesContext series,
      CtImageWriter.Slice slice,
      short[] valuesBqml,
      OutputStream out)
      throws IOException {
    DicomObject tracer =
        DicomObject.builder()
            .text(
                Tags.RADIOPHARMACEUTICAL_START_TIME,
                ObjectHead.time(series.made().toLocalTime().minusSeconds(UPTAKE_S)))
            .numbers(Tags.RADIONUCLIDE_TOTAL_DOSE, INJECTED_BQ)
            .numbers(Tags.RADIONUCLIDE_HALF_LIFE, HALF_LIFE_OF_F18_S)
            .text(Tags.RADIOPHARMACEUTICAL, FDG.meaning())
            .items(Tags.RADIONUCLIDE_CODE_SEQUENCE, ObjectHead.code(FLUORINE).build())
            .items(Tags.RADIOPHARMACEUTICAL_CODE_SEQUENCE, ObjectHead.code(FDG).build())
            .build();
    String made = ObjectHead.date(series.made().toLocalDate());
    String time = ObjectHead.time(series.made().toLocalTime());
    DicomObject.Builder object =
        ObjectHead.begin(study, series, StorageClass.PET_IMAGE, slice.sopInstanceUid())
            .text(Tags.IMAGE_TYPE, "ORIGINAL", "PRIMARY")
            .text(Tags.SERIES_DATE, made)
            .text(Tags.SERIES_TIME, time)
            .text(Tags.ACQUISITION_DATE, made)
            .text(Tags.ACQUISITION_TIME, time)
            .text(Tags.CONTENT_DATE, made)
            .text(Tags.CONTENT_TIME, time)
            .text(Tags.MODALITY, "PT")
            .numbers(Tags.PATIENT_WEIGHT, WEIGHT_KG)
            .numbers(Tags.PATIENT_SIZE, HEIGHT_M)
            .text(Tags.BODY_PART_EXAMINED, slice.bodyPart())
            .text(Tags.PATIENT_POSITION, "HFS")
            .integers(Tags.INSTANCE_NUMBER, slice.plane() + 1)
            .text(Tags.CORRECTED_IMAGE, "DECY", "ATTN", "SCAT", "RAN", "NORM")
            .items(Tags.RADIOPHARMACEUTICAL_INFORMATION_SEQUENCE, tracer)
            .integers(Tags.NUMBER_OF_SLICES, slice.grid().planes())
            .text(Tags.SERIES_TYPE, "STATIC", "IMAGE")
            .text(Tags.UNITS, "BQML")
            .text(Tags.DECAY_CORRECTION, "START")
            .text(Tags.RECONSTRUCTION_METHOD, "OSEM")
            .numbers(Tags.FRAME_REFERENCE_TIME, 0)
            .integers(Tags.ACTUAL_FRAME_DURATION, 120_000)
            .numbers(Tags.DECAY_FACTOR, 1)
            .integers(Tags.IMAGE_INDEX, slice.plane() + 1);
    ObjectHead.frameOfReference(object, study);
    CtImageWriter.position(object, slice.grid(), slice.plane());
    DicomWriter.write(CtImageWriter.pixels(object, slice.grid(), valuesBqml).build(), out);
  }
}
