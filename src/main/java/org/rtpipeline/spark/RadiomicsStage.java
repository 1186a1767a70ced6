package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.dicom.ReadVolume;
import org.rtpipeline.geometry.ContourRaster;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.geometry.VoxelMask;
import org.rtpipeline.metadata.pet.PetOptions;
import org.rtpipeline.metadata.pet.PetVerdict;
import org.rtpipeline.metadata.pet.SuvScale;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.ImageVolume;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.Roi;
import org.rtpipeline.radiomics.ImageRadiomics;
import org.rtpipeline.radiomics.IndexBox;
import org.rtpipeline.radiomics.ParameterSet;
import org.rtpipeline.radiomics.RadiomicsSettings;
import org.rtpipeline.radiomics.Raster;
import org.rtpipeline.radiomics.RoiFeatures;

/**
 * Radiomics features of every region of every structure set of a course, on the planning CT and on
 * every MR and PET series in whose frame of reference the region lies; those of PET are of uptake
 * values.
 */
public final class RadiomicsStage implements CourseStage<StageRows> {

  private static final long serialVersionUID = 1L;
  private static final String CT = "CT";

  private final RadiomicsSettings settings;
  private final PetOptions pet;
  private final Kernel kernel;

  /** Computes one region. */
  interface Kernel extends Serializable {
    ImageRadiomics.Result of(ImageRadiomics image, Roi roi, VoxelMask mask);
  }

  /**
   * An image that regions are computed on.
   *
   * @param parameters how
   * @param pet what turns its values into uptake values; null for other images
   */
  private record Source(ImageSeries series, ParameterSet parameters, @Nullable PetVerdict pet) {}

  /**
   * What computes the regions on one image.
   *
   * @param image intensities and parameters
   * @param grid voxels of the image
   * @param regions what is known of regions
   * @param stageKey digest of everything the features depend on
   */
  private record Computation(
      ImageRadiomics image, VoxelGrid grid, RegionResults regions, String stageKey) {
    RegionResults.Key key(RadiomicsRows.Place place) {
      return new RegionResults.Key(
          stageKey,
          place.structures().set().sopInstanceUid(),
          place.roi().number(),
          place.series().seriesUid());
    }
  }

  /** The stage with its settings. */
  public RadiomicsStage(RadiomicsSettings settings, PetOptions pet) {
    this(settings, pet, (image, roi, mask) -> image.of(mask));
  }

  RadiomicsStage(RadiomicsSettings settings, PetOptions pet, Kernel kernel) {
    this.settings = settings;
    this.pet = pet;
    this.kernel = kernel;
  }

  @Override
  public StageName name() {
    return StageName.RADIOMICS;
  }

  @Override
  public boolean isPerRegion() {
    return true;
  }

  @Override
  public String configuration() {
    return "{\"pet\":" + pet.json() + ",\"radiomics\":" + settings.json() + "}";
  }

  @Override
  public Outcome<StageRows> apply(Course course, CourseData data) throws CourseDataException {
    List<CourseStructures> sets = data.structureSets(name());
    List<ImageSeries> images = images(course);
    Optional<Finding> obstacle = obstacle(course, sets, images);
    if (obstacle.isPresent()) {
      List<Finding> all = new ArrayList<>(List.of(obstacle.get()));
      sets.forEach(set -> all.addAll(set.set().findings()));
      return new Outcome.Skipped<>(course.id(), all);
    }
    RadiomicsRows rows = new RadiomicsRows(course, data.planningCtFrame().orElse(null));
    sets.forEach(set -> rows.addFindings(set.set().findings()));
    for (ImageSeries series : images) {
      addNamed(rows, sets, new Source(series, parameters(series), null), data);
    }
    if (computesPet(course)) {
      addPets(rows, sets, course, data);
    }
    return rows.outcome(data.stageKey(this));
  }

  /** The images that are computed by their modality alone: the planning CT first. */
  private List<ImageSeries> images(Course course) {
    return Stream.concat(
            Stream.ofNullable(course.planningCt()),
            course.otherSeries().stream().filter(series -> !series.modality().equals(CT)))
        .filter(series -> settings.of(series.modality()).isPresent())
        .toList();
  }

  private boolean computesPet(Course course) {
    return !settings.petParameters().isEmpty() && !CoursePet.series(course).isEmpty();
  }

  private Optional<Finding> obstacle(
      Course course, List<CourseStructures> sets, List<ImageSeries> images) {
    if (sets.isEmpty()) {
      return Optional.of(
          skip(course, Finding.Code.NO_STRUCTURE_SET, "the course has no structure set"));
    }
    if (images.isEmpty() && !computesPet(course)) {
      return Optional.of(
          skip(course, Finding.Code.NO_PLANNING_CT, "the course has no image to compute on"));
    }
    return sets.stream().allMatch(set -> set.set().rois().isEmpty())
        ? Optional.of(skip(course, Finding.Code.NO_ROI, "no structure set has a ROI"))
        : Optional.empty();
  }

  private static Finding skip(Course course, Finding.Code code, String message) {
    return new Finding(Finding.Level.SKIP_STAGE, code, course.id().key(), message);
  }

  /**
   * Every PET series: uptake values of the primary ones, for the others rows that say why not. Only
   * regions drawn in the frame of reference of the PET have rows, as for MR.
   */
  private void addPets(
      RadiomicsRows rows, List<CourseStructures> sets, Course course, CourseData data) {
    List<ImageSeries> all = CoursePet.series(course);
    List<PetVerdict> verdicts = CoursePet.of(course, data, pet);
    for (int i = 0; i < verdicts.size(); i++) {
      ImageSeries series = all.get(i);
      PetVerdict verdict = verdicts.get(i);
      Source source = new Source(series, parameters(verdict), verdict);
      Optional<Finding> obstacle = obstacle(verdict);
      rows.addFindings(verdict.oddities());
      if (places(sets, source).isEmpty()) {
        rows.addFinding(
            obstacle.orElse(
                new Finding(
                    Finding.Level.OK,
                    Finding.Code.ROI_FRAME_OF_REFERENCE,
                    series.seriesUid(),
                    "no region lies in the frame of reference of the PET")));
      } else if (obstacle.isPresent()) {
        Finding why = obstacle.get();
        places(sets, source)
            .forEach(place -> rows.leaveOut(place, why.level(), why.code(), why.message()));
      } else {
        addNamed(rows, sets, source, data);
      }
    }
  }

  private Optional<Finding> obstacle(PetVerdict verdict) {
    return verdict
        .obstacle(pet.suv())
        .or(
            () ->
                parameters(verdict).equals(noParameters())
                    ? Optional.of(
                        new Finding(
                            Finding.Level.OK,
                            Finding.Code.PET_TRACER,
                            verdict.seriesUid(),
                            "features of PET with "
                                + verdict.known().tracer()
                                + " are not asked for"))
                    : Optional.empty());
  }

  /** Stands for the parameters of tracers that have none, in the mode of the others. */
  private ParameterSet noParameters() {
    return new ParameterSet("none", settings.petParameters().values().iterator().next().options());
  }

  private ParameterSet parameters(PetVerdict verdict) {
    return Optional.ofNullable(verdict.known().tracer())
        .flatMap(tracer -> settings.of(tracer.family()))
        .orElseGet(this::noParameters);
  }

  /**
   * The regions that have a row for a series: all for a CT, those in its frame for other images.
   */
  private static List<RadiomicsRows.Place> places(List<CourseStructures> sets, Source source) {
    ImageSeries series = source.series();
    List<RadiomicsRows.Place> places = new ArrayList<>();
    for (CourseStructures structures : sets) {
      for (Roi roi : structures.set().rois()) {
        if (series.modality().equals(CT) || isNamedIn(structures, roi, series)) {
          places.add(new RadiomicsRows.Place(structures, roi, series, source.parameters()));
        }
      }
    }
    return places;
  }

  private ParameterSet parameters(ImageSeries series) {
    return settings
        .of(series.modality())
        .orElseThrow(() -> new IllegalStateException("no parameters for " + series.modality()));
  }

  private static boolean isNamedIn(CourseStructures structures, Roi roi, ImageSeries series) {
    String own = structures.set().frameOf(roi);
    return own != null && own.equals(series.frameOfReferenceUid());
  }

  private void addNamed(
      RadiomicsRows rows, List<CourseStructures> sets, Source source, CourseData data) {
    List<RadiomicsRows.Place> wanted = new ArrayList<>();
    for (RadiomicsRows.Place place : places(sets, source)) {
      if (settings.skips(place.roi().name())) {
        rows.leaveOut(
            place, Finding.Level.OK, Finding.Code.ROI_ON_SKIP_LIST, "the name is on the skip list");
      } else if (!isInFrame(place)) {
        rows.leaveOut(
            place,
            Finding.Level.WARN,
            Finding.Code.ROI_FRAME_OF_REFERENCE,
            "the region lies in another frame of reference than the image");
      } else {
        wanted.add(place);
      }
    }
    if (!wanted.isEmpty()) {
      addWanted(rows, wanted, source, data);
    }
  }

  private static boolean isInFrame(RadiomicsRows.Place place) {
    return place.structures().set().isIn(place.series().frameOfReferenceUid(), place.roi());
  }

  private void addWanted(
      RadiomicsRows rows, List<RadiomicsRows.Place> wanted, Source source, CourseData data) {
    ReadVolume read;
    try {
      read = read(source, data);
    } catch (CourseDataException e) {
      wanted.forEach(place -> rows.leaveOut(place, e.finding()));
      return;
    }
    rows.addFindings(read.findings());
    ImageVolume volume = read.volume();
    if (!volume.grid().isRegular()) {
      wanted.forEach(
          place ->
              rows.leaveOut(
                  place,
                  Finding.Level.WARN,
                  Finding.Code.NON_UNIFORM_SPACING,
                  "the planes of the image are unequally far apart"));
      return;
    }
    ImageRadiomics image =
        new ImageRadiomics(
            Raster.of(volume, source.pet() == null ? numbers(volume) : Raster.Numbers.SINGLE),
            source.parameters(),
            settings.limits(),
            wanted.stream().flatMap(place -> box(volume.grid(), place.roi()).stream()).toList());
    Computation computation =
        new Computation(image, volume.grid(), data.regions(), data.stageKey(this));
    wanted.forEach(place -> add(rows, place, computation));
  }

  /** A box that the voxels of a region lie in; empty when it lies beside the image. */
  private static Optional<IndexBox> box(VoxelGrid grid, Roi roi) {
    double planeMm = grid.planes() == 1 ? 1 : grid.meanPlaneSpacingMm();
    double[] low = new double[3];
    double[] high = new double[3];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    for (Contour contour : roi.contours()) {
      double[] mm = contour.pointsMm();
      for (int i = 0; i < mm.length; i += 3) {
        Point point = new Point(mm[i], mm[i + 1], mm[i + 2]);
        double[] at = {grid.columnOf(point), grid.rowOf(point), grid.offsetOfMm(point) / planeMm};
        for (int axis = 0; axis < 3; axis++) {
          low[axis] = Math.min(low[axis], at[axis]);
          high[axis] = Math.max(high[axis], at[axis]);
        }
      }
    }
    int[] n = {grid.columns(), grid.rows(), grid.planes()};
    int[] first = new int[3];
    int[] count = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      first[axis] = (int) Math.max(0, Math.floor(low[axis]) - 1);
      count[axis] = (int) Math.min(n[axis] - 1, Math.ceil(high[axis]) + 1) - first[axis] + 1;
    }
    boolean isBeside = Arrays.stream(count).anyMatch(c -> c < 1);
    return isBeside
        ? Optional.empty()
        : Optional.of(new IndexBox(first[0], first[1], first[2], count[0], count[1], count[2]));
  }

  private ReadVolume read(Source source, CourseData data) throws CourseDataException {
    ImageSeries series = source.series();
    SuvScale scale = source.pet() == null ? null : source.pet().scale();
    if (scale != null) {
      ReadVolume read = data.image(series);
      float[] suv = scale.suv(read.volume().values(), read.sopInstanceUids(), pet.suv());
      return new ReadVolume(
          new ImageVolume(read.volume().grid(), suv), read.sopInstanceUids(), read.findings());
    }
    return series.modality().equals(CT)
        ? data.planningCt().orElseThrow(() -> new IllegalStateException("a planning CT is there"))
        : data.image(series);
  }

  /** Images of whole numbers are treated as the whole numbers their files hold. */
  private static Raster.Numbers numbers(ImageVolume volume) {
    for (float value : volume.values()) {
      if (value != Math.rint(value)) {
        return Raster.Numbers.SINGLE;
      }
    }
    return Raster.Numbers.WHOLE;
  }

  // An error of our own in one region is the end of that region alone.
  @SuppressWarnings("checkstyle:illegalcatch")
  private void add(RadiomicsRows rows, RadiomicsRows.Place place, Computation computation) {
    try {
      compute(rows, place, computation);
    } catch (RuntimeException e) {
      rows.leaveOut(place, OutcomeIterator.bug(place.subject(), name(), e));
    }
  }

  private void compute(RadiomicsRows rows, RadiomicsRows.Place place, Computation computation) {
    VoxelGrid grid = computation.grid();
    List<double[]> contoursMm = place.roi().enclosingMm();
    if (!ContourRaster.isAlong(grid, contoursMm)) {
      rows.leaveOut(
          place,
          Finding.Level.WARN,
          Finding.Code.CONTOUR_OFF_PLANE,
          "the contours lie aslant to the planes of the image");
      return;
    }
    Optional<VoxelMask> mask = place.roi().voxels(grid);
    if (mask.isEmpty()) {
      rows.leaveOut(
          place,
          Finding.Level.WARN,
          Finding.Code.EMPTY_ROI,
          contoursMm.isEmpty()
              ? "no closed contour encloses an area"
              : "no voxel centre of the image lies inside the contours");
      return;
    }
    ImageRadiomics.Result result =
        computation
            .regions()
            .of(
                computation.key(place),
                ImageRadiomics.Result.class,
                () -> kernel.of(computation.image(), place.roi(), mask.get()));
    RoiFeatures.Reason reason = result.reason();
    if (reason == null) {
      rows.add(place, result);
    } else {
      rows.leaveOut(place, result.facts(), code(reason), reason.message());
    }
  }

  private static Finding.Code code(RoiFeatures.Reason reason) {
    return switch (reason) {
      case EMPTY -> Finding.Code.EMPTY_ROI;
      case SINGLE_VOXEL, TOO_FEW_DIMENSIONS, TOO_FEW_VOXELS -> Finding.Code.ROI_TOO_SMALL;
      case TOO_MANY_VOXELS -> Finding.Code.ROI_TOO_LARGE;
      case RESEGMENTED_AWAY, NOT_FINITE, TOO_MANY_LEVELS -> Finding.Code.ROI_INTENSITIES_UNUSABLE;
    };
  }
}
