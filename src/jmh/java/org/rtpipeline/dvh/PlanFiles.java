package org.rtpipeline.dvh;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.dicom.RtDoseReader;
import org.rtpipeline.dicom.RtStructReader;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.StructureSet;

/** The structure set and the dose of one plan, from {@code rtstruct.dcm} and {@code rtdose.dcm}. */
record PlanFiles(StructureSet structures, DoseGrid dose) {

  static PlanFiles read(Path folder) throws IOException, DicomException {
    Path rtstruct = folder.resolve("rtstruct.dcm");
    Path rtdose = folder.resolve("rtdose.dcm");
    try (InputStream structures = Files.newInputStream(rtstruct);
        InputStream dose = Files.newInputStream(rtdose)) {
      return new PlanFiles(
          RtStructReader.read(rtstruct.toString(), structures),
          RtDoseReader.read(rtdose.toString(), dose).grid());
    }
  }
}
