package org.rtpipeline.dvh;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.model.Roi;

/**
 * CPU time of all dose-volume histograms of a course, its structure set and its dose read from
 * their files every time: the first round, which a fresh program has to pay, and the median of the
 * rounds after it.
 */
public final class CourseTimes {

  private static final int ROUNDS = 21;
  private static final double NANOS_PER_MS = 1e6;

  private CourseTimes() {}

  /**
   * Prints regions, dose voxels and times.
   *
   * @param arguments the folder with {@code rtstruct.dcm} and {@code rtdose.dcm}, and the number of
   *     regions: those of the file, again from the first when it has fewer
   */
  public static void main(String[] arguments) throws IOException, DicomException {
    Path folder = Path.of(arguments[0]);
    int wanted = Integer.parseInt(arguments[1]);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double[] ms = new double[ROUNDS];
    double[] readMs = new double[ROUNDS];
    String course = "";
    for (int round = 0; round < ROUNDS; round++) {
      long start = threads.getCurrentThreadCpuTime();
      PlanFiles files = PlanFiles.read(folder);
      readMs[round] = (threads.getCurrentThreadCpuTime() - start) / NANOS_PER_MS;
      double cm3 = 0;
      DoseVolumeCalculator calculator = new DoseVolumeCalculator(files.dose(), DvhOptions.DEFAULT);
      for (Roi roi : regions(files, wanted)) {
        cm3 += calculator.of(roi, 1).volumeCm3();
      }
      ms[round] = (threads.getCurrentThreadCpuTime() - start) / NANOS_PER_MS;
      course =
          String.format(
              Locale.ROOT,
              "%d regions, %.0f cm3 together, dose %s",
              wanted,
              cm3,
              files.dose().grid());
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(course);
    out.printf(
        Locale.ROOT,
        "first round %.0f ms CPU, later rounds %.0f ms (median), of it reading %.0f ms%n",
        ms[0],
        median(ms),
        median(readMs));
  }

  private static List<Roi> regions(PlanFiles files, int wanted) {
    List<Roi> own = files.structures().rois();
    List<Roi> regions = new ArrayList<>();
    for (int r = 0; r < wanted; r++) {
      regions.add(own.get(r % own.size()));
    }
    return regions;
  }

  private static double median(double[] values) {
    double[] later = Arrays.copyOfRange(values, 1, values.length);
    Arrays.sort(later);
    return later[later.length / 2];
  }
}
