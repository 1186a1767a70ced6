package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.dicom.ContrastAgentReader;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.dicom.DoseDetailReader;
import org.rtpipeline.dicom.ImageDetailReader;
import org.rtpipeline.dicom.ImageSeriesReader;
import org.rtpipeline.dicom.PetSeriesReader;
import org.rtpipeline.dicom.PlanDetailReader;
import org.rtpipeline.dicom.ReadDose;
import org.rtpipeline.dicom.ReadSegments;
import org.rtpipeline.dicom.ReadVolume;
import org.rtpipeline.dicom.RtDoseReader;
import org.rtpipeline.dicom.RtPlanReader;
import org.rtpipeline.dicom.RtRecordReader;
import org.rtpipeline.dicom.RtStructReader;
import org.rtpipeline.dicom.SegReader;
import org.rtpipeline.dicom.StreamOpener;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.dicom.StudyContextReader;
import org.rtpipeline.dvh.DoseSum;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.DoseDetail;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageDetail;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.ObjectFacts;
import org.rtpipeline.model.PetSeries;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.PlanDetail;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TreatmentRecord;
import org.rtpipeline.organize.DrawnFrames;
import org.rtpipeline.organize.FolderFrames;
import org.rtpipeline.organize.OutcomeRow;
import org.rtpipeline.segmentation.ImageKind;
import org.rtpipeline.structures.NameMaps;

/**
 * The objects of one course, each read when a stage first asks for it and kept until the course is
 * done. One task uses it, from one thread.
 */
public final class CourseData {

  private static final String FRACTIONAL = "FRACTIONAL";

  private final Course course;
  private final CourseFiles files;
  private final NameMaps names;
  private final double fractionThreshold;
  private final Map<String, StructureSet> structureSets = new TreeMap<>();
  private final Map<String, Plan> plans = new TreeMap<>();
  private final Map<String, PetSeries> pets = new TreeMap<>();
  private final List<Made> made = new ArrayList<>();
  private @Nullable ReadVolume planningCt;
  private @Nullable CourseDose dose;

  private final List<AutomaticSet> automatic;
  private final RegionShare share;
  private final RegionResults regions;

  /** Results of this run that the stage at work depends on. */
  private final List<StageKey.Input> usedResults = new ArrayList<>();

  /**
   * Structures that an earlier stage made.
   *
   * @param key of what made them, on which all that is made of them depends
   * @param readers the stages that compute for them
   */
  private record Made(CourseStructures structures, StageKey.Input key, Set<StageName> readers) {}

  /** Data of a course, read through an opener; no region has a standard name. */
  public CourseData(Course course, StreamOpener streams) {
    this(course, CourseSource.unnamed(streams));
  }

  /** Data of a course. */
  CourseData(Course course, CourseSource source) {
    this(course, source, List.of(), RegionShare.ALL, new RegionResults());
  }

  private CourseData(
      Course course,
      CourseSource source,
      List<AutomaticSet> automatic,
      RegionShare share,
      RegionResults regions) {
    this.course = course;
    this.files = new CourseFiles(source.streams());
    this.names = source.names();
    this.fractionThreshold = source.fractionThreshold();
    this.automatic = List.copyOf(automatic);
    this.share = share;
    this.regions = regions;
  }

  /** Data of a course that shows only a share of its regions. */
  static CourseData ofShare(Course course, CourseSource source, RegionShare share) {
    return new CourseData(course, source, List.of(), share, new RegionResults());
  }

  /** Data of a course some of whose regions have been computed before. */
  static CourseData knowing(Course course, CourseSource source, RegionResults regions) {
    return new CourseData(course, source, List.of(), RegionShare.ALL, regions);
  }

  /**
   * Structures that this run has found in an image.
   *
   * @param target the image and the model
   * @param uri the structure set
   * @param stageKey key of the segmentation, on which all that is made of it depends
   */
  record AutomaticSet(SegmentationTarget target, String uri, String stageKey) {}

  /** Data of a course whose only structures are those that were found in its images. */
  static CourseData ofAutomatic(Course course, CourseSource source, List<AutomaticSet> automatic) {
    return new CourseData(course, source, automatic, RegionShare.ALL, new RegionResults());
  }

  /**
   * The dose that counts.
   *
   * @param grid dose, summed when the course's decision says so
   * @param frameOfReferenceUid null when the objects name none
   * @param findings what was odd about the objects
   */
  public record CourseDose(
      DoseGrid grid, @Nullable String frameOfReferenceUid, List<Finding> findings) {

    /** Copies the list. */
    public CourseDose {
      findings = List.copyOf(findings);
    }
  }

  /** Forgets what earlier stages asked for; what they read is kept. */
  void startStage() {
    files.startStage();
    usedResults.clear();
  }

  /** A structure set that this run found before, on which the stage at work depends. */
  StructureSet automaticSet(AutomaticSet found) throws CourseDataException {
    usedResults.add(segmentation(found));
    return readAutomatic(found);
  }

  private StageKey.Input segmentation(AutomaticSet set) {
    return new StageKey.Input("segmentation", course.id().key(), set.stageKey());
  }

  /** The key of what a stage makes of everything it has asked for so far. */
  public String stageKey(CourseStage<?> stage) {
    List<StageKey.Input> inputs = new ArrayList<>(files.inputs());
    automatic.forEach(set -> inputs.add(segmentation(set)));
    inputs.addAll(usedResults);
    madeFor(stage.name()).forEach(one -> inputs.add(one.key()));
    inputs.addAll(standardNames(stage.name()));
    inputs.addAll(thresholds());
    inputs.addAll(frames());
    inputs.addAll(framesOfDoses());
    return StageKey.of(stage.name(), stage.configuration(), inputs);
  }

  /** What the name maps say of the regions asked for: other lines of a map change no key. */
  private List<StageKey.Input> standardNames(StageName stage) {
    List<StructureSet> asked = new ArrayList<>();
    structureSets.forEach(
        (key, set) -> {
          if (files.isUsed(key) || !automatic.isEmpty()) {
            asked.add(set);
          }
        });
    madeFor(stage).forEach(one -> asked.add(one.structures().set()));
    return asked.stream()
        .flatMap(
            set ->
                set.rois().stream()
                    .filter(roi -> roi.standardName() != null)
                    .map(
                        roi ->
                            new StageKey.Input(
                                "standard name",
                                set.sopInstanceUid() + "#" + roi.number(),
                                String.valueOf(roi.standardName()))))
        .toList();
  }

  /** What structures the stages work on. */
  OutcomeRow.Structures ofStructures() {
    return automatic.isEmpty() ? OutcomeRow.Structures.CLINICAL : OutcomeRow.Structures.AUTOMATIC;
  }

  /** The threshold of the fractional segmentations asked for: it changes no other result. */
  private List<StageKey.Input> thresholds() {
    return files.used().stream()
        .filter(
            header ->
                header.facts() instanceof ObjectFacts.Segments segments
                    && FRACTIONAL.equals(segments.type()))
        .map(
            header ->
                new StageKey.Input(
                    "fraction threshold",
                    header.sopInstanceUid(),
                    Double.toString(fractionThreshold)))
        .toList();
  }

  /** Doses whose frame of reference says nothing, which other objects of the course decide. */
  private List<StageKey.Input> framesOfDoses() {
    return chosenDoses().stream()
        .filter(dose -> files.isUsed(dose.sopInstanceUid()))
        .filter(dose -> FolderFrames.saysNothing(dose, course))
        .map(dose -> new StageKey.Input("frame of reference", dose.sopInstanceUid(), "unknown"))
        .toList();
  }

  /** Frames of reference that other objects of the course have decided. */
  private List<StageKey.Input> frames() {
    return structureSets.values().stream()
        .filter(set -> files.isUsed(set.sopInstanceUid()))
        .flatMap(set -> set.findings().stream())
        .filter(finding -> finding.code() == Finding.Code.ROI_FRAME_OF_REFERENCE)
        .map(
            finding ->
                new StageKey.Input("frame of reference", finding.subject(), finding.message()))
        .toList();
  }

  /** What is known of single regions. */
  RegionResults regions() {
    return regions;
  }

  /** A structure set of the course. */
  public StructureSet structureSet(InstanceHeader header) throws CourseDataException {
    files.use(header);
    StructureSet known = structureSets.get(header.sopInstanceUid());
    if (known == null) {
      known = named(DrawnFrames.of(files.read(header, RtStructReader::read), course));
      structureSets.put(header.sopInstanceUid(), known);
    }
    return known;
  }

  /** A segmentation object of the course as a structure set. */
  StructureSet segmentation(InstanceHeader header) throws CourseDataException {
    files.use(header);
    StructureSet known = structureSets.get(header.sopInstanceUid());
    if (known == null) {
      known = named(outlines(header));
      structureSets.put(header.sopInstanceUid(), known);
    }
    return known;
  }

  private StructureSet outlines(InstanceHeader header) throws CourseDataException {
    ReadSegments read =
        files.read(header, (path, in) -> SegReader.read(path, in, fractionThreshold));
    if (!read.frameOfReferenceUid().isEmpty()) {
      return SegmentOutlines.of(read, read.frameOfReferenceUid());
    }
    Optional<String> ofImages = DrawnFrames.ofImages(header, course);
    StructureSet set = SegmentOutlines.of(read, ofImages.orElse(null));
    return set.with(
        new Finding(
            Finding.Level.WARN,
            Finding.Code.MISSING_ATTRIBUTE,
            header.sopInstanceUid(),
            ofImages.isPresent()
                ? "no frame of reference (0020,0052); that of the images it was made from is taken"
                : "no frame of reference (0020,0052); it is taken to lie in that of the course"));
  }

  /**
   * Every structure set that a stage computes for: those of the input in the order of the course,
   * then those that were made of them.
   */
  public List<CourseStructures> structureSets(StageName stage) throws CourseDataException {
    List<CourseStructures> sets =
        new ArrayList<>(automatic.isEmpty() ? clinical() : automatic(List.of(ImageKind.values())));
    sets.addAll(madeStructures(stage));
    return share.of(sets);
  }

  private List<Made> madeFor(StageName stage) {
    return made.stream().filter(one -> one.readers().contains(stage)).toList();
  }

  /** The structure sets that earlier stages made for a stage. */
  List<CourseStructures> madeStructures(StageName stage) {
    return madeFor(stage).stream().map(Made::structures).toList();
  }

  /**
   * Every structure set on the planning CT that others can be derived from: clinical ones first.
   */
  List<CourseStructures> sources() throws CourseDataException {
    List<CourseStructures> sets = new ArrayList<>(clinical());
    sets.addAll(automatic(List.of(ImageKind.CT)));
    return List.copyOf(sets);
  }

  private List<CourseStructures> clinical() throws CourseDataException {
    List<CourseStructures> sets = new ArrayList<>();
    for (InstanceHeader header : course.objects().structureSets()) {
      sets.add(CourseStructures.clinical(structureSet(header)));
    }
    for (InstanceHeader header : course.objects().segmentations()) {
      sets.add(CourseStructures.segmentation(segmentationOrReason(header)));
    }
    return sets;
  }

  /** A segmentation that cannot be used has no region, and says why: others go on without it. */
  private StructureSet segmentationOrReason(InstanceHeader header) throws CourseDataException {
    try {
      return segmentation(header);
    } catch (CourseDataException e) {
      if (e.finding().level() == Finding.Level.FAILED) {
        throw e;
      }
      return new StructureSet(
          header.sopInstanceUid(),
          "",
          null,
          header.frameOfReferenceUid(),
          List.of(),
          List.of(ReadObjects.leftOut(e.finding())));
    }
  }

  private List<CourseStructures> automatic(List<ImageKind> images) throws CourseDataException {
    List<CourseStructures> sets = new ArrayList<>();
    for (AutomaticSet found : automatic) {
      if (images.contains(found.target().images())) {
        sets.add(
            new CourseStructures(
                readAutomatic(found), CourseStructures.Origin.AUTOMATIC, found.target().source()));
      }
    }
    return sets;
  }

  private StructureSet readAutomatic(AutomaticSet found) throws CourseDataException {
    StructureSet known = structureSets.get(found.uri());
    if (known == null) {
      known = named(files.readOwn(found.uri(), course.id().key(), RtStructReader::read));
      structureSets.put(found.uri(), known);
    }
    return known;
  }

  /** A structure set of the course whose regions have their standard names. */
  StructureSet named(StructureSet set) {
    return names.named(course.patientId(), set);
  }

  /** What objects made of the planning CT repeat of its study. */
  StudyContext study() throws CourseDataException {
    ImageSeries series = course.planningCt();
    if (series == null || series.instances().isEmpty()) {
      throw new IllegalStateException("the course has no planning CT");
    }
    return studyOf(series);
  }

  /** What objects made of an image series repeat of its study. */
  StudyContext studyOf(ImageSeries series) throws CourseDataException {
    return files.read(series.instances().get(0), StudyContextReader::read);
  }

  /** Whether the planning CT names a contrast agent; empty when there is none to read. */
  Optional<Boolean> isContrastAgentNamed() throws CourseDataException {
    ImageSeries series = course.planningCt();
    return series == null || series.instances().isEmpty()
        ? Optional.empty()
        : Optional.of(files.read(series.instances().get(0), ContrastAgentReader::isNamed));
  }

  /** What objects made of the dose that counts repeat of its study. */
  StudyContext studyOfDose() throws CourseDataException {
    InstanceHeader first =
        chosenDoses().stream()
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the course has no chosen dose"));
    return files.read(first, StudyContextReader::read);
  }

  /**
   * Hands structures that a stage made to stages after it.
   *
   * @param stageKey key of the stage that made them
   * @param readers the stages that compute for them
   */
  void add(CourseStructures structures, String stageKey, Set<StageName> readers) {
    made.add(
        new Made(
            structures.with(named(structures.set())),
            new StageKey.Input("structures", course.id().key(), stageKey),
            Set.copyOf(readers)));
  }

  /** A plan of the course. */
  public Plan plan(InstanceHeader header) throws CourseDataException {
    files.use(header);
    Plan known = plans.get(header.sopInstanceUid());
    if (known == null) {
      known = files.read(header, RtPlanReader::read);
      plans.put(header.sopInstanceUid(), known);
    }
    return known;
  }

  /** A plan of the course with all that metadata tell of it; read anew each time. */
  PlanDetail planDetail(InstanceHeader header) throws CourseDataException {
    files.use(header);
    PlanDetail detail = files.read(header, PlanDetailReader::read);
    plans.putIfAbsent(header.sopInstanceUid(), detail.plan());
    return detail;
  }

  /** What the header of a dose of the course says; read anew each time. */
  DoseDetail doseDetail(InstanceHeader header) throws CourseDataException {
    files.use(header);
    return files.read(header, DoseDetailReader::read);
  }

  /** What the header of an image of the course says; read anew each time. */
  ImageDetail imageDetail(InstanceHeader header) throws CourseDataException {
    files.use(header);
    return files.read(header, ImageDetailReader::read);
  }

  /** A treatment record of the course. */
  public TreatmentRecord record(InstanceHeader header) throws CourseDataException {
    files.use(header);
    return files.read(header, RtRecordReader::read);
  }

  /** The planning CT; empty when the course has none. */
  public Optional<ReadVolume> planningCt() throws CourseDataException {
    ImageSeries series = course.planningCt();
    if (series == null) {
      return Optional.empty();
    }
    ReadVolume known = planningCt;
    if (known == null) {
      known = image(series);
      planningCt = known;
    }
    series.instances().forEach(files::use);
    return Optional.of(known);
  }

  /** An image series of the course; read anew each time. */
  ReadVolume image(ImageSeries series) throws CourseDataException {
    series.instances().forEach(files::use);
    try {
      return files.readSeries(series.instances(), ImageSeriesReader::read);
    } catch (DicomException e) {
      throw CourseFiles.unusable(e, series);
    }
  }

  /** What the headers of a PET series of the course say. */
  PetSeries pet(ImageSeries series) throws CourseDataException {
    series.instances().forEach(files::use);
    PetSeries known = pets.get(series.seriesUid());
    if (known == null) {
      try {
        known = files.readSeries(series.instances(), PetSeriesReader::read);
      } catch (DicomException e) {
        throw CourseFiles.unusable(e, series);
      }
      pets.put(series.seriesUid(), known);
    }
    return known;
  }

  /** The box that the planning CT fills, without its voxels; empty when that is not known. */
  Optional<CtFrame> planningCtFrame() throws CourseDataException {
    ImageSeries series = course.planningCt();
    List<InstanceHeader> slices = series == null ? List.of() : CtFrame.slicesToRead(series);
    if (series == null || slices.isEmpty()) {
      return Optional.empty();
    }
    slices.forEach(files::use);
    try {
      VoxelGrid grid = files.readSeries(slices, ImageSeriesReader::read).volume().grid();
      return CtFrame.of(series, grid);
    } catch (DicomException e) {
      return Optional.empty();
    }
  }

  /** The dose that the course's decision chose, as one grid; empty when it chose none. */
  public Optional<CourseDose> dose() throws CourseDataException {
    List<InstanceHeader> doses = chosenDoses();
    if (doses.isEmpty()) {
      return Optional.empty();
    }
    doses.forEach(files::use);
    CourseDose known = dose;
    if (known == null) {
      known = placed(doses);
      dose = known;
    }
    return Optional.of(known);
  }

  private List<InstanceHeader> chosenDoses() {
    Set<String> chosen = new TreeSet<>(course.doseDecision().chosenUids());
    return course.objects().doses().stream()
        .filter(h -> chosen.contains(h.sopInstanceUid()))
        .toList();
  }

  /** Doses without the frame of reference that says nothing; unknown frames are trusted. */
  private CourseDose placed(List<InstanceHeader> doses) throws CourseDataException {
    CourseDose summed = sum(doses);
    if (!doses.stream().allMatch(dose -> FolderFrames.saysNothing(dose, course))) {
      return summed;
    }
    List<Finding> findings = new ArrayList<>(summed.findings());
    findings.add(
        new Finding(
            Finding.Level.WARN,
            Finding.Code.LINKED_BY_FOLDER,
            course.id().key(),
            "the dose is linked by its folder and no other object lies in its frame of reference;"
                + " it is taken to lie in that of the course"));
    return new CourseDose(summed.grid(), null, findings);
  }

  private CourseDose sum(List<InstanceHeader> doses) throws CourseDataException {
    List<Finding> findings = new ArrayList<>();
    ReadDose first = readDose(doses.get(0));
    findings.addAll(first.findings());
    if (doses.size() == 1) {
      return new CourseDose(first.grid(), first.frameOfReferenceUid(), findings);
    }
    DoseSum sum = new DoseSum();
    sum.add(first.grid());
    String frameUid = first.frameOfReferenceUid();
    for (InstanceHeader header : doses.subList(1, doses.size())) {
      ReadDose next = readDose(header);
      findings.addAll(next.findings());
      frameUid = commonFrame(frameUid, next.frameOfReferenceUid(), header);
      sum.add(next.grid());
    }
    if (sum.grids() > 1) {
      findings.add(
          new Finding(
              Finding.Level.WARN,
              Finding.Code.DOSE_GRIDS_DIFFER,
              course.id().key(),
              doses.size()
                  + " doses lie on "
                  + sum.grids()
                  + " grids; added on the one with the smallest voxels, the others interpolated,"
                  + " unknown where one of them has no dose"));
    }
    return new CourseDose(sum.dose(), frameUid, findings);
  }

  private ReadDose readDose(InstanceHeader header) throws CourseDataException {
    Double referenceGy = course.doseDecision().relativeReferenceGy();
    return files.read(header, (path, in) -> RtDoseReader.read(path, in, referenceGy));
  }

  private static @Nullable String commonFrame(
      @Nullable String frameUid, @Nullable String nextUid, InstanceHeader header)
      throws CourseDataException {
    if (frameUid != null && nextUid != null && !frameUid.equals(nextUid)) {
      throw new CourseDataException(
          new Finding(
              Finding.Level.SKIP_STAGE,
              Finding.Code.DOSE_FRAME_OF_REFERENCE,
              header.sopInstanceUid(),
              "doses to be summed lie in different frames of reference: "
                  + nextUid
                  + ", expected "
                  + frameUid));
    }
    return frameUid == null ? nextUid : frameUid;
  }
}
