package org.rtpipeline.radiomics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.rtpipeline.radiomics.IbsiOptions.Space;

/**
 * Texture families with every aggregation of the IBSI (chapter 3.6 to 3.11): distance 1, pairs in
 * both orders, dependence of equal levels.
 */
final class IbsiTextures {

  private static final List<Direction> IN_PLANE = Direction.half(List.of(1), TexturePlane.AXIAL);
  private static final List<Direction> IN_SPACE = Direction.half(List.of(1), TexturePlane.VOLUME);
  private static final int ALPHA = 0;

  /** A family whose matrices have a direction. */
  private interface Directed {
    Cells count(RoiLevels roi, Direction direction);

    double[] numbers(Cells cells, RoiLevels roi, int directions);
  }

  /** A family with one matrix. */
  private interface Undirected {
    double[] numbers(Part part, List<Direction> neighbours);
  }

  /** Voxels of a slice, or of all, with their distances from the border. */
  private static final class Part {
    private final RoiLevels roi;
    private final int[] distance;

    Part(RoiLevels roi, int[] distance) {
      this.roi = roi;
      this.distance = distance;
    }
  }

  private final Set<Space> spaces;
  private final int highest;
  private final Part volume;
  private final Part planes;
  private final List<Part> slices = new ArrayList<>();
  private final List<IbsiValue> out = new ArrayList<>();

  private IbsiTextures(IbsiMasks masks, GreyLevels levels, Set<Space> spaces) {
    this.spaces = spaces;
    highest = levels.highest();
    IndexBox box = masks.box();
    GridSize size = masks.size();
    byte[] mask = masks.intensity();
    RoiLevels roi = new RoiLevels(box, mask, levels.levels(), 1);
    volume = new Part(roi, inside(BorderDistance.inSpace(masks.morphology(), size), mask));
    int[] flat = inside(BorderDistance.inPlane(masks.morphology(), size), mask);
    planes = new Part(roi, flat);
    int plane = size.nx() * size.ny();
    int from = 0;
    for (int z = 0; z < size.nz() && spaces.contains(Space.SLICES); z++) {
      byte[] part = Arrays.copyOfRange(mask, z * plane, (z + 1) * plane);
      int to = from;
      for (byte m : part) {
        to += m;
      }
      if (to > from) {
        IndexBox slice = new IndexBox(box.x0(), box.y0(), box.z0() + z, box.nx(), box.ny(), 1);
        int[] own = Arrays.copyOfRange(levels.levels(), from, to);
        slices.add(
            new Part(new RoiLevels(slice, part, own, 1), Arrays.copyOfRange(flat, from, to)));
      }
      from = to;
    }
  }

  /**
   * All texture values.
   *
   * @param masks box of the region
   * @param levels of its intensity mask
   * @param spaces where neighbours are looked for
   */
  static List<IbsiValue> of(IbsiMasks masks, GreyLevels levels, Set<Space> spaces) {
    IbsiTextures textures = new IbsiTextures(masks, levels, spaces);
    textures.directed(IbsiFamily.GLCM, textures.new Cooccurrence());
    textures.directed(IbsiFamily.GLRLM, new RunLengths());
    textures.undirected(
        IbsiFamily.GLSZM,
        (part, near) ->
            TextureNumbers.sizes(
                SizeZoneMatrix.count(part.roi, near), part.roi, part.roi.voxels()));
    textures.undirected(
        IbsiFamily.GLDZM,
        (part, near) ->
            TextureNumbers.sizes(
                DistanceZoneMatrix.count(part.roi, near, part.distance),
                part.roi,
                part.roi.voxels()));
    textures.undirected(
        IbsiFamily.NGTDM,
        (part, near) ->
            TextureNumbers.toneDifference(
                NeighbourhoodMatrices.count(part.roi, near, ALPHA), part.roi));
    textures.undirected(
        IbsiFamily.NGLDM,
        (part, near) ->
            TextureNumbers.dependence(
                NeighbourhoodMatrices.count(part.roi, near, ALPHA).dependence(), part.roi));
    return textures.out;
  }

  private static int[] inside(int[] values, byte[] mask) {
    int n = 0;
    int[] kept = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      if (mask[i] != 0) {
        kept[n++] = values[i];
      }
    }
    return Arrays.copyOf(kept, n);
  }

  private final class Cooccurrence implements Directed {
    @Override
    public Cells count(RoiLevels roi, Direction direction) {
      return new CooccurrenceMatrix(roi, RadiomicsOptions.Pairs.BOTH_ORDERS).count(direction);
    }

    @Override
    public double[] numbers(Cells cells, RoiLevels roi, int directions) {
      return TextureNumbers.cooccurrence(cells, roi, highest);
    }
  }

  private static final class RunLengths implements Directed {
    @Override
    public Cells count(RoiLevels roi, Direction direction) {
      return new RunLengthMatrix(roi).count(direction);
    }

    @Override
    public double[] numbers(Cells cells, RoiLevels roi, int directions) {
      return TextureNumbers.sizes(cells, roi, (double) directions * roi.voxels());
    }
  }

  private void directed(IbsiFamily family, Directed how) {
    if (spaces.contains(Space.SLICES)) {
      List<double[]> averaged = new ArrayList<>();
      List<double[]> merged = new ArrayList<>();
      for (Part slice : slices) {
        List<Cells> matrices = matrices(slice.roi, IN_PLANE, how);
        averaged.addAll(each(matrices, slice.roi, how));
        merged.addAll(merged(matrices, slice.roi, how));
      }
      add(family, Aggregation.SLICES_AVERAGED, averaged);
      add(family, Aggregation.SLICES_MERGED, merged);
    }
    if (spaces.contains(Space.PLANES)) {
      List<Cells> matrices = matrices(volume.roi, IN_PLANE, how);
      add(family, Aggregation.PLANES_AVERAGED, each(matrices, volume.roi, how));
      add(family, Aggregation.PLANES_MERGED, merged(matrices, volume.roi, how));
    }
    if (spaces.contains(Space.VOLUME)) {
      List<Cells> matrices = matrices(volume.roi, IN_SPACE, how);
      add(family, Aggregation.VOLUME_AVERAGED, each(matrices, volume.roi, how));
      add(family, Aggregation.VOLUME_MERGED, merged(matrices, volume.roi, how));
    }
  }

  /** Matrices of all directions that have entries. */
  private static List<Cells> matrices(RoiLevels roi, List<Direction> directions, Directed how) {
    return directions.stream()
        .map(direction -> how.count(roi, direction))
        .filter(cells -> cells.size() > 0)
        .toList();
  }

  private static List<double[]> each(List<Cells> matrices, RoiLevels roi, Directed how) {
    return matrices.stream().map(cells -> how.numbers(cells, roi, 1)).toList();
  }

  private static List<double[]> merged(List<Cells> matrices, RoiLevels roi, Directed how) {
    if (matrices.isEmpty()) {
      return List.of();
    }
    CellTable sum = new CellTable();
    matrices.forEach(cells -> cells.addTo(sum, 1));
    return List.of(how.numbers(sum.cells(), roi, matrices.size()));
  }

  private void undirected(IbsiFamily family, Undirected how) {
    if (spaces.contains(Space.SLICES)) {
      List<double[]> numbers = slices.stream().map(part -> how.numbers(part, IN_PLANE)).toList();
      add(family, Aggregation.SLICES, numbers);
    }
    if (spaces.contains(Space.PLANES)) {
      add(family, Aggregation.PLANES, List.of(how.numbers(planes, IN_PLANE)));
    }
    if (spaces.contains(Space.VOLUME)) {
      add(family, Aggregation.VOLUME, List.of(how.numbers(volume, IN_SPACE)));
    }
  }

  /** Adds means over matrices, undefined numbers left out; NaN where none is defined. */
  private void add(IbsiFamily family, Aggregation aggregation, List<double[]> numbers) {
    List<IbsiFeature> features = IbsiFeature.of(family);
    for (int i = 0; i < features.size(); i++) {
      int at = i;
      double mean =
          numbers.stream()
              .mapToDouble(n -> n[at])
              .filter(Double::isFinite)
              .average()
              .orElse(Double.NaN);
      out.add(IbsiValue.original(features.get(i), aggregation, mean));
    }
  }
}
