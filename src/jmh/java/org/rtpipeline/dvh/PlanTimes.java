package org.rtpipeline.dvh;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.model.Roi;

/**
 * Writes region, volume and the best CPU time of several runs, for docs/benchmarks/dvh_speed.py.
 */
public final class PlanTimes {

  private static final int RUNS = 30;
  private static final double NANOS_PER_MS = 1e6;

  private PlanTimes() {}

  /**
   * Times every region of a plan.
   *
   * @param arguments the folder with {@code rtstruct.dcm} and {@code rtdose.dcm}, and the file to
   *     write
   */
  public static void main(String[] arguments) throws IOException, DicomException {
    PlanFiles files = PlanFiles.read(Path.of(arguments[0]));
    DoseVolumeCalculator calculator = new DoseVolumeCalculator(files.dose(), DvhOptions.DEFAULT);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    StringBuilder text = new StringBuilder();
    for (Roi roi : files.structures().rois()) {
      long best = Long.MAX_VALUE;
      RoiDoseVolume volume = calculator.of(roi, 1);
      for (int run = 0; run < RUNS; run++) {
        long start = threads.getCurrentThreadCpuTime();
        volume = calculator.of(roi, 1);
        best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
      }
      text.append(
          String.format(
              Locale.ROOT, "%s,%.3f,%.3f\n", roi.name(), volume.volumeCm3(), best / NANOS_PER_MS));
    }
    Files.writeString(Path.of(arguments[1]), text);
  }
}
