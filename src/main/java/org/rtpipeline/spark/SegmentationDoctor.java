package org.rtpipeline.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.segmentation.ClassicalBackEnd;
import org.rtpipeline.segmentation.Device;
import org.rtpipeline.segmentation.SegmentationException;
import org.rtpipeline.segmentation.SegmentationInput;
import org.rtpipeline.segmentation.SegmentationOptions;
import org.rtpipeline.segmentation.worker.WorkerChecks;
import org.rtpipeline.segmentation.worker.WorkerOptions;

/** Looks whether the back end of a job finds here what it needs. */
public final class SegmentationDoctor {

  private static final String[] GPUS = {
    "nvidia-smi", "--query-gpu=name,driver_version,memory.total,uuid", "--format=csv,noheader"
  };
  private static final int SIDE = 48;

  private SegmentationDoctor() {}

  /** What it finds, one line each. */
  public static List<String> lines(SegmentationOptions options) {
    List<String> lines = new ArrayList<>();
    List<String> gpus = LocalGpus.lines(GPUS);
    lines.add("gpus        " + (gpus.isEmpty() ? "none" : gpus.size()));
    gpus.forEach(gpu -> lines.add("            " + gpu));
    lines.add("back end    " + options.method().name().toLowerCase(Locale.ROOT));
    WorkerOptions worker = options.worker();
    if (worker != null) {
      lines.add("command     " + String.join(" ", worker.command()));
      options.workers().stream()
          .flatMap(each -> WorkerChecks.facts(each).stream())
          .distinct()
          .forEach(fact -> lines.add("model       " + fact));
    }
    List<String> problems = SegmentationBackEnds.problems(options);
    problems.forEach(problem -> lines.add("missing     " + problem));
    lines.add("self-test   " + selftest(options));
    return lines;
  }

  private static String selftest(SegmentationOptions options) {
    WorkerOptions worker = options.worker();
    return switch (options.method()) {
      case CLASSICAL -> classical();
      case WORKER -> worker == null ? "no worker" : WorkerChecks.selftest(worker);
      case COMMAND -> "none: a command is started with its first image";
      case ONNX -> "none: a network is loaded with its first image";
    };
  }

  /** A block of tissue in air is the body. */
  private static String classical() {
    VoxelGrid grid = VoxelGrid.axial(SIDE, SIDE, SIDE, new Point(0, 0, 0), 4, 4, 4);
    float[] valuesHu = new float[(int) grid.voxels()];
    for (int at = 0; at < valuesHu.length; at++) {
      valuesHu[at] = isInside(at) ? 20 : -1000;
    }
    try {
      Path scratch = Files.createTempDirectory("rtpipeline-doctor-");
      try {
        int found =
            new ClassicalBackEnd()
                .segment(
                    new SegmentationInput(
                        new CourseId("selftest"),
                        "1.2.3",
                        "CT",
                        new ImageVolume(grid, valuesHu),
                        scratch),
                    Device.CPU)
                .structures()
                .size();
        return "passed, " + found + " structures are looked for";
      } finally {
        Files.delete(scratch);
      }
    } catch (SegmentationException e) {
      return "failed: " + e.finding().message();
    } catch (java.io.IOException e) {
      return "failed: the temporary folder cannot be used";
    }
  }

  private static boolean isInside(int at) {
    int x = at % SIDE;
    int y = at / SIDE % SIDE;
    int z = at / SIDE / SIDE;
    int low = SIDE / 6;
    int high = SIDE - low;
    return x >= low && x < high && y >= low && y < high && z >= 0;
  }
}
