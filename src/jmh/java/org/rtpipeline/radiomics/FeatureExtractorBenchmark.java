package org.rtpipeline.radiomics;

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

/** Time of all features of a sphere of noise, one thread, by option set of the golden runs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class FeatureExtractorBenchmark {

  @Param({"default", "filters", "resample1mm"})
  public String options = "default";

  private Raster image = MadeRegions.noise(MadeRegions.cube(2), 2, 1);
  private byte[] mask = new byte[0];
  private FeatureExtractor extractor = new FeatureExtractor(RadiomicsOptions.pyradiomics());

  /** A sphere of 62 mm across in voxels of 1 x 1 x 3 mm: about 42 000 voxels. */
  @Setup
  public void make() {
    GridSize size = new GridSize(128, 128, 48, 1, 1, 3);
    image = MadeRegions.noise(size, 1500, 1);
    mask = MadeRegions.sphere(size, 31);
    extractor = new FeatureExtractor(GoldenOptions.of(options, "noise"));
  }

  /** All features of the sphere. */
  @Benchmark
  public RoiFeatures features() {
    return extractor.of(image, mask);
  }
}
