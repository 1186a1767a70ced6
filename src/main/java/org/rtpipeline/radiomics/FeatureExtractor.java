package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
    Region given = new Region(image, mask);
    Optional<IndexBox> box = IndexBox.round(mask, image.size());
    int voxels = box.isEmpty() ? 0 : given.voxels();
    if (box.isEmpty()) {
      return without(Reason.EMPTY, voxels);
    }
    if (options.limits().maximumVoxels() != null && voxels > options.limits().maximumVoxels()) {
      return without(Reason.TOO_MANY_VOXELS, voxels);
    }
    return prepared(prepare(given, box.get()), voxels);
  }

  private static RoiFeatures without(Reason reason, int voxels) {
    return new RoiFeatures(List.of(), reason, new RoiFeatures.Facts(voxels, 0, null, List.of()));
  }

  private Region prepare(Region given, IndexBox box) {
    Raster image =
        options.normalisation() == null
            ? given.image()
            : Normaliser.normalise(given.image(), options.normalisation());
    if (options.resampling() != null) {
      return Resampler.resample(image, given.mask(), box, options.resampling());
    }
    if (options.cropMarginVoxels() != null) {
      return Region.cropped(
          image, given.mask(), box.grown(options.cropMarginVoxels(), image.size()));
    }
    return new Region(image, given.mask());
  }

  private RoiFeatures prepared(Region region, int maskVoxels) {
    GridSize size = region.image().size();
    Optional<IndexBox> whole = IndexBox.round(region.mask(), size);
    Optional<Reason> wrong = whole.map(b -> check(region, b)).orElse(Optional.of(Reason.EMPTY));
    if (wrong.isPresent()) {
      return without(wrong.get(), maskVoxels);
    }
    if (!isFinite(region)) {
      return without(Reason.NOT_FINITE, maskVoxels);
    }
    Region narrowed = region;
    if (options.resegmentation() != null) {
      byte[] mask = Resegmenter.narrow(region, options.resegmentation());
      narrowed = new Region(region.image(), mask);
      if (narrowed.voxels() <= 1) {
        return without(Reason.RESEGMENTED_AWAY, maskVoxels);
      }
    }
    IndexBox box = IndexBox.round(narrowed.mask(), size).orElseThrow();
    Optional<Reason> left = check(narrowed, box);
    return left.isPresent()
        ? without(left.get(), maskVoxels)
        : computed(region, narrowed, box, maskVoxels);
  }

  private Optional<Reason> check(Region region, IndexBox box) {
    RadiomicsOptions.Limits limits = options.limits();
    if (box.dimensions() == 0) {
      return Optional.of(Reason.SINGLE_VOXEL);
    }
    if (box.dimensions() < limits.minimumDimensions()) {
      return Optional.of(Reason.TOO_FEW_DIMENSIONS);
    }
    if (limits.minimumVoxels() != null && region.voxels() <= limits.minimumVoxels()) {
      return Optional.of(Reason.TOO_FEW_VOXELS);
    }
    return Optional.empty();
  }

  private static boolean isFinite(Region region) {
    byte[] mask = region.mask();
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] != 0 && !Double.isFinite(region.image().at(i))) {
        return false;
      }
    }
    return true;
  }

  private RoiFeatures computed(Region region, Region narrowed, IndexBox box, int maskVoxels) {
    GridSize size = region.image().size();
    Values values = new Values();
    byte[] mask = box.crop(narrowed.mask(), size);
    GridSize boxSize = size.withCounts(box.nx(), box.ny(), box.nz());
    boolean shapeAsGiven =
        options.resegmentation() == null
            || options.resegmentation().shape() == RadiomicsOptions.ShapeMask.AS_GIVEN;
    byte[] shapeMask = shapeAsGiven ? box.crop(region.mask(), size) : mask;
    if (wants(FeatureClass.SHAPE)) {
      values.add("original", FeatureClass.SHAPE, Shape.NAMES, Shape.of(shapeMask, boxSize));
    }
    if (wants(FeatureClass.SHAPE2D)) {
      PlaneShape.of(shapeMask, boxSize, options.texture().plane())
          .ifPresent(
              shape -> values.add("original", FeatureClass.SHAPE2D, PlaneShape.NAMES, shape));
    }
    List<String> left = new ArrayList<>();
    for (RadiomicsOptions.Image image : options.images()) {
      Discretisation bins =
          image.discretisation() == null ? options.discretisation() : image.discretisation();
      Filters.apply(
          image.filter(),
          region.image(),
          box,
          options.texture().plane(),
          filtered -> {
            if (!addTextures(values, filtered, mask, box, boxSize, bins)) {
              left.add(filtered.name());
            }
          },
          left::add);
    }
    Reason reason = values.list.isEmpty() ? Reason.TOO_MANY_LEVELS : null;
    return new RoiFeatures(
        values.list, reason, new RoiFeatures.Facts(maskVoxels, narrowed.voxels(), box, left));
  }

  private boolean wants(FeatureClass family) {
    return options.features().containsKey(family);
  }

  /** Adds the features of one image; false when its range has too many levels. */
  private boolean addTextures(
      Values values,
      FilteredImage image,
      byte[] mask,
      IndexBox box,
      GridSize size,
      Discretisation bins) {
    double[] x = inside(image.values(), mask);
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
    RoiLevels roi = new RoiLevels(box, mask, levels, texture.longestDistance());
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
    if (norm == null) {
      return CooccurrenceFeatures.mean(matrix.perDirection(directions), roi);
    }
    Cells merged = matrix.merged(directions, norm, size);
    return CooccurrenceFeatures.mean(merged.size() == 0 ? List.of() : List.of(merged), roi);
  }

  private SizeFeatures runs(RoiLevels roi, List<Direction> directions, GridSize size) {
    RunLengthMatrix matrix = new RunLengthMatrix(roi);
    WeightingNorm norm = options.texture().weighting();
    return SizeFeatures.mean(
        norm == null
            ? matrix.perDirection(directions)
            : List.of(matrix.merged(directions, norm, size)),
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
    }
  }

  private static @Nullable String idOf(FeatureClass family, String feature) {
    return IbsiIds.of(family, feature).orElse(null);
  }
}
