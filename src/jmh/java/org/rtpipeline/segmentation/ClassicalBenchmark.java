package org.rtpipeline.segmentation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.images.NiftiReader;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.LabelMap;

/**
 * Time of the classical back end on an abdominal CT of 5.5 million voxels, one thread, in a JVM
 * that has just started and in a warm one; {@code -Drtpipeline.sharedData} names the folder of the
 * reference data.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class ClassicalBenchmark {

  private SegmentationInput input;

  /** Reads the scan and halves its voxels within the planes. */
  @Setup
  public void read() throws IOException {
    Path file =
        Path.of(
            System.getProperty("rtpipeline.sharedData", "../shared/data"),
            "segmentation/totalsegmentator-reference/ct-abdomen-3mm/example_ct.nii.gz");
    try (InputStream in = Files.newInputStream(file)) {
      ImageVolume image = finer(NiftiReader.read(in).volume());
      input = new SegmentationInput(new CourseId("course"), "1.2.3", "CT", image, Path.of("."));
    }
  }

  /** The first course of a JVM. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  @Fork(5)
  public LabelMap first() throws SegmentationException {
    return new ClassicalBackEnd().segment(input, Device.CPU);
  }

  /** A later course. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @Warmup(iterations = 3, time = 2)
  @Measurement(iterations = 5, time = 2)
  @Fork(1)
  public LabelMap later() throws SegmentationException {
    return new ClassicalBackEnd().segment(input, Device.CPU);
  }

  private static ImageVolume finer(ImageVolume image) {
    VoxelGrid grid = image.grid();
    int columns = 2 * grid.columns();
    int rows = 2 * grid.rows();
    float[] values = new float[columns * rows * grid.planes()];
    double[] offsetsMm = new double[grid.planes()];
    for (int at = 0; at < values.length; at++) {
      int k = at / columns / rows;
      offsetsMm[k] = grid.planeOffsetMm(k);
      values[at] = image.values()[grid.index(at % columns / 2, at / columns % rows / 2, k)];
    }
    return new ImageVolume(
        new VoxelGrid(
            columns,
            rows,
            grid.originMm(),
            grid.rowDirection(),
            grid.columnDirection(),
            grid.columnSpacingMm() / 2,
            grid.rowSpacingMm() / 2,
            offsetsMm),
        values);
  }
}
