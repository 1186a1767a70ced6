package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.geometry.VoxelMask;
import org.rtpipeline.radiomics.RoiFeatures.Extent;
import org.rtpipeline.radiomics.RoiFeatures.Reason;

/**
 * Computes the features of regions of interest with the habits of PyRadiomics: normalise, resample
 * or crop, check the mask, re-segment, shape, filter, bin, textures.
 *
 * <p>Holds only its options: one extractor may serve many threads.
 */
public final class FeatureExtractor {

  private static final List<Integer> TOUCHING = List.of(1);

  private final RadiomicsOptions options;

  /** An extractor with options. */
  public FeatureExtractor(RadiomicsOptions options) {
    this.options = options;
  }

  /**
   * Features of one region, or the reason why there are none.
   *
   * @param image intensities
   * @param mask on the grid of the image, x fastest, not 0 inside the region
   */
  public RoiFeatures of(Raster image, byte[] mask) {
    if (mask.length != image.size().voxels()) {
      throw new IllegalArgumentException(
          "image has " + image.size().voxels() + " voxels, mask " + mask.length);
    }
    return Region.of(prepared(image), IndexBox.whole(image.size()), mask)
        .map(this::features)
        .orElseGet(RoiFeatures::empty);
  }

  /**
   * Features of a region whose mask has a grid of its own, to which new voxels are aligned.
   *
   * @param image intensities
   * @param labels placed where the mask lies
   * @param mask on the grid of the labels, x fastest, not 0 inside the region
   * @throws IllegalStateException when nothing is resampled
   */
  public RoiFeatures of(Raster image, Raster labels, byte[] mask) {
    RadiomicsOptions.Resampling how = options.resampling();
    if (how == null) {
      throw new IllegalStateException("a mask on a grid of its own needs resampling");
    }
    Optional<Region> given = Region.of(labels, IndexBox.whole(labels.size()), mask);
    return given
        .map(region -> features(region, () -> Resampler.resample(prepared(image), region, how)))
        .orElseGet(RoiFeatures::empty);
  }

  /**
   * What is computed once for all regions of an image: the image itself, or its z score.
   *
   * @param image intensities
   */
  public Raster prepared(Raster image) {
    return options.normalisation() == null
        ? image
        : Normaliser.normalise(image, options.normalisation());
  }

  /**
   * Features of one region of a prepared image, or the reason why there are none.
   *
   * @param prepared by {@link #prepared}
   * @param mask voxels of the image
   */
  public RoiFeatures ofPrepared(Raster prepared, VoxelMask mask) {
    return features(Region.of(prepared, mask));
  }

  private RoiFeatures features(Region given) {
    return features(given, () -> cut(given));
  }

  private RoiFeatures features(Region given, Supplier<Optional<Region>> cut) {
    Integer most = options.limits().maximumVoxels();
    Extent mask = Extent.of(given);
    if (most != null && given.voxels() > most) {
      return RoiFeatures.without(Reason.TOO_MANY_VOXELS, mask);
    }
    return cut.get()
        .map(region -> checked(region, mask))
        .orElseGet(() -> RoiFeatures.without(Reason.EMPTY, mask));
  }

  private Optional<Region> cut(Region given) {
    if (options.resampling() != null) {
      return Resampler.resample(given, options.resampling());
    }
    if (options.cropMarginVoxels() != null) {
      return Optional.of(
          given.within(given.box().grown(options.cropMarginVoxels(), given.image().size())));
    }
    return Optional.of(given);
  }

  private RoiFeatures checked(Region region, Extent mask) {
    Optional<Reason> wrong = check(region);
    if (wrong.isPresent()) {
      return RoiFeatures.without(wrong.get(), mask);
    }
    if (!isFinite(region)) {
      return RoiFeatures.without(Reason.NOT_FINITE, mask);
    }
    if (options.resegmentation() == null) {
      return computed(region, region, mask);
    }
    Optional<Region> narrowed = Resegmenter.narrow(region, options.resegmentation());
    if (narrowed.isEmpty() || narrowed.get().voxels() <= 1) {
      return RoiFeatures.without(Reason.RESEGMENTED_AWAY, mask);
    }
    Optional<Reason> left = check(narrowed.get());
    return left.isPresent()
        ? RoiFeatures.without(left.get(), mask)
        : computed(region, narrowed.get(), mask);
  }

  private Optional<Reason> check(Region region) {
    RadiomicsOptions.Limits limits = options.limits();
    if (region.box().dimensions() == 0) {
      return Optional.of(Reason.SINGLE_VOXEL);
    }
    if (region.box().dimensions() < limits.minimumDimensions()) {
      return Optional.of(Reason.TOO_FEW_DIMENSIONS);
    }
    if (limits.minimumVoxels() != null && region.voxels() <= limits.minimumVoxels()) {
      return Optional.of(Reason.TOO_FEW_VOXELS);
    }
    return Optional.empty();
  }

  private static boolean isFinite(Region region) {
    double[] x = region.intensities();
    byte[] inside = region.inside();
    for (int i = 0; i < inside.length; i++) {
      if (inside[i] != 0 && !Double.isFinite(x[i])) {
        return false;
      }
    }
    return true;
  }

  private RoiFeatures computed(Region region, Region narrowed, Extent mask) {
    Values values = new Values();
    List<String> left = new ArrayList<>();
    addShapes(values, shapeRegion(region, narrowed), left);
    for (RadiomicsOptions.Image image : options.images()) {
      Discretisation bins =
          image.discretisation() == null ? options.discretisation() : image.discretisation();
      Filters.apply(
          image.filter(),
          narrowed.image(),
          narrowed.box(),
          options.texture().plane(),
          filtered -> {
            if (!addTextures(values, filtered, narrowed, bins)) {
              left.add(filtered.name());
            }
          },
          left::add);
    }
    Reason reason = values.list.isEmpty() ? Reason.TOO_MANY_LEVELS : null;
    return new RoiFeatures(
        values.list, reason, new RoiFeatures.Facts(mask, Extent.of(narrowed), left));
  }

  /**
   * Shape of a region that is narrowed for textures is that of its part inside the box of the
   * narrowed one, as PyRadiomics crops it.
   */
  private Region shapeRegion(Region region, Region narrowed) {
    return options.resegmentation() != null
            && options.resegmentation().shape() == RadiomicsOptions.ShapeMask.RESEGMENTED
        ? narrowed
        : region.inside(narrowed.box());
  }

  private void addShapes(Values values, Region region, List<String> left) {
    if (wants(FeatureClass.SHAPE)) {
      double[] numbers = Shape.of(region.inside(), region.boxSize());
      values.add("original", FeatureClass.SHAPE, Shape.NAMES, numbers);
    }
    if (wants(FeatureClass.SHAPE2D)) {
      PlaneShape.of(region.inside(), region.boxSize(), options.texture().plane())
          .ifPresentOrElse(
              shape -> values.add("original", FeatureClass.SHAPE2D, PlaneShape.NAMES, shape),
              () -> left.add(FeatureClass.SHAPE2D.label()));
    }
  }

  private boolean wants(FeatureClass family) {
    return options.features().containsKey(family);
  }

  /** Adds the features of one image; false when its range has too many levels. */
  private boolean addTextures(
      Values values, FilteredImage image, Region region, Discretisation bins) {
    GridSize size = region.boxSize();
    double[] x = inside(image.values(), region.inside());
    Optional<int[]> binned = BinEdges.of(x, bins, image.numbers()).map(edges -> edges.levels(x));
    if (binned.isEmpty()) {
      return false;
    }
    int[] levels = binned.get();
    String name = image.name();
    if (wants(FeatureClass.FIRSTORDER)) {
      double[] numbers = FirstOrder.of(x, levels, options.energyShift(), size.voxelMm3());
      values.add(name, FeatureClass.FIRSTORDER, FirstOrder.NAMES, numbers);
    }
    RadiomicsOptions.Texture texture = options.texture();
    RoiLevels roi = new RoiLevels(region.box(), region.inside(), levels, texture.longestDistance());
    List<Direction> far = Direction.half(texture.distances(), texture.plane());
    List<Direction> near = Direction.half(TOUCHING, texture.plane());
    if (wants(FeatureClass.GLCM)) {
      values.add(name, FeatureClass.GLCM, CooccurrenceFeatures.NAMES, cooccurrence(roi, far, size));
    }
    if (wants(FeatureClass.GLDM) || wants(FeatureClass.NGTDM)) {
      NeighbourhoodMatrices m = NeighbourhoodMatrices.count(roi, far, texture.dependenceAlpha());
      if (wants(FeatureClass.GLDM)) {
        SizeFeatures f = SizeFeatures.of(m.dependence(), roi.levelOfRank());
        values.add(
            name, FeatureClass.GLDM, SizeFeatureNames.DEPENDENCE, SizeFeatureNames.dependence(f));
      }
      if (wants(FeatureClass.NGTDM)) {
        double[] numbers = ToneDifferenceFeatures.of(m.voxels(), m.difference(), roi.levelOfRank());
        values.add(name, FeatureClass.NGTDM, ToneDifferenceFeatures.NAMES, numbers);
      }
    }
    if (wants(FeatureClass.GLRLM)) {
      values.add(
          name,
          FeatureClass.GLRLM,
          SizeFeatureNames.RUNS,
          SizeFeatureNames.runs(runs(roi, near, size)));
    }
    if (wants(FeatureClass.GLSZM)) {
      SizeFeatures f = SizeFeatures.of(SizeZoneMatrix.count(roi, near), roi.levelOfRank());
      values.add(name, FeatureClass.GLSZM, SizeFeatureNames.ZONES, SizeFeatureNames.zones(f));
    }
    return true;
  }

  private double[] cooccurrence(RoiLevels roi, List<Direction> directions, GridSize size) {
    CooccurrenceMatrix matrix = new CooccurrenceMatrix(roi, options.texture().pairs());
    WeightingNorm norm = options.texture().weighting();
    List<Cells> matrices =
        norm == null
            ? matrix.perDirection(directions)
            : List.of(matrix.merged(directions, norm, size));
    boolean isLone = norm != null || isLone(directions, size);
    return matrices.stream().mapToInt(Cells::size).sum() == 0 && isLone
        ? CooccurrenceFeatures.ofNothing(roi)
        : CooccurrenceFeatures.mean(matrices, roi);
  }

  /** Whether only one direction fits into the box: PyRadiomics keeps its matrix even when empty. */
  private static boolean isLone(List<Direction> directions, GridSize size) {
    return directions.stream().filter(direction -> direction.fits(size)).count() == 1;
  }

  private SizeFeatures runs(RoiLevels roi, List<Direction> directions, GridSize size) {
    RunLengthMatrix matrix = new RunLengthMatrix(roi);
    WeightingNorm norm = options.texture().weighting();
    List<Cells> matrices =
        norm == null
            ? matrix.perDirection(directions)
            : List.of(matrix.merged(directions, norm, size));
    return SizeFeatures.mean(
        matrices.isEmpty() && isLone(directions, size) ? List.of(new Cells(0)) : matrices,
        roi.levelOfRank());
  }

  private static double[] inside(double[] values, byte[] mask) {
    int n = 0;
    for (byte m : mask) {
      n += m;
    }
    double[] out = new double[n];
    int to = 0;
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0) {
        out[to++] = values[i];
      }
    }
    return out;
  }

  /** Collects the features that were asked for. */
  private final class Values {
    private final List<FeatureValue> list = new ArrayList<>();

    void add(String image, FeatureClass family, List<String> names, double[] numbers) {
      Set<String> wanted = options.features().getOrDefault(family, Set.of());
      for (int i = 0; i < numbers.length; i++) {
        String name = names.get(i);
        if (wanted.isEmpty() || wanted.contains(name)) {
          list.add(new FeatureValue(image, family, name, numbers[i], idOf(family, name)));
        }
      }
      for (String name : DeprecatedFeatures.of(family)) {
        if (wanted.contains(name)) {
          double number =
              DeprecatedFeatures.value(family, name, other -> numbers[names.indexOf(other)]);
          list.add(new FeatureValue(image, family, name, number, idOf(family, name)));
        }
      }
    }
  }

  private static @Nullable String idOf(FeatureClass family, String feature) {
    return IbsiIds.of(family, feature).orElse(null);
  }
}
