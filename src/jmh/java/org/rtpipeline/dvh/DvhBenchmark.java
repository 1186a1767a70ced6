package org.rtpipeline.dvh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.model.Roi;

/**
 * Time of one region, and of a plan of 16 regions (all of the prostate plan, its organs three
 * times), one thread; {@code -Drtpipeline.sharedData} names the folder of the reference data.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class DvhBenchmark {

  private static final int PLAN_REGIONS = 16;
  private static final double SLICE_MM = 2.5;

  /** Name of the region, or {@code plan}. */
  @Param({"Bladder", "Femoral Head Lt", "Femoral Head RT", "PTV", "Rectum", "BODY", "plan"})
  public String region = "";

  private final List<Roi> rois = new ArrayList<>();
  private DoseVolumeCalculator calculator;

  /** Reads the files. */
  @Setup
  public void read() throws IOException, DicomException {
    PlanFiles files =
        PlanFiles.read(
            Path.of(
                System.getProperty("rtpipeline.sharedData", "../shared/data"),
                "rt/slicerrt-eclipse-prostate"));
    calculator = new DoseVolumeCalculator(files.dose(), DvhOptions.DEFAULT);
    for (Roi roi : files.structures().rois()) {
      if (region.equals("plan") || region.equals(roi.name())) {
        rois.add(roi);
      }
    }
    List<Roi> organs = rois.stream().filter(roi -> !roi.name().equals("BODY")).toList();
    for (int r = 0; region.equals("plan") && rois.size() < PLAN_REGIONS; r++) {
      rois.add(organs.get(r % organs.size()));
    }
  }

  /** Sum of the mean doses, so that nothing is optimised away. */
  @Benchmark
  public double dvh() {
    double sum = 0;
    for (Roi roi : rois) {
      sum += calculator.of(roi, SLICE_MM).meanGy().orElse(0);
    }
    return sum;
  }
}
