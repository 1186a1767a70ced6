package org.rtpipeline.radiomics;

import java.util.Map;
import java.util.Set;
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

/** Time of one family of features of a sphere of noise on the original image, one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FeatureClassBenchmark {

  @Param({"SHAPE", "FIRSTORDER", "GLCM", "GLRLM", "GLSZM", "GLDM", "NGTDM"})
  public FeatureClass family = FeatureClass.SHAPE;

  @Param({"25", "2"})
  public double binWidth = 25;

  private Raster image = MadeRegions.noise(MadeRegions.cube(2), 2, 1);
  private byte[] mask = new byte[0];
  private FeatureExtractor extractor = new FeatureExtractor(RadiomicsOptions.pyradiomics());

  /** A sphere of 62 mm across in voxels of 1 x 1 x 3 mm: about 42 000 voxels. */
  @Setup
  public void make() {
    GridSize size = new GridSize(128, 128, 48, 1, 1, 3);
    image = MadeRegions.noise(size, 1500, 1);
    mask = MadeRegions.sphere(size, 31);
    extractor =
        new FeatureExtractor(
            RadiomicsOptions.pyradiomics()
                .withFeatures(Map.of(family, Set.of()))
                .withDiscretisation(new Discretisation.FixedWidth(binWidth)));
  }

  /** The family's features of the sphere. */
  @Benchmark
  public RoiFeatures features() {
    return extractor.of(image, mask);
  }
}
