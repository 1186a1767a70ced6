package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.dicom.ReadVolume;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.PartialName;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.qc.CropBounds;
import org.rtpipeline.qc.CropOptions;
import org.rtpipeline.qc.CroppedRoi;
import org.rtpipeline.qc.CroppedStructureRow;
import org.rtpipeline.segmentation.DerivedUid;

/**
 * Copies of the structures of a course, cut at the bounds of a region of the body, under a source
 * of their own beside the whole ones. Those of automatic structures are written as well, in the
 * folder of this stage, which no stage ever searches for structures. Images are not cut.
 *
 * <p>A course with an open bound has no cut structures: the end of its scan takes no landmark's
 * place.
 */
final class CroppingStage implements CourseStage<StageRows> {

  /** The cut structures of the first model. */
  static final String STRUCTURE_SET = "RS_auto_cropped.dcm";

  /** What the column {@code segmentation_source} says, before the source of the whole ones. */
  static final String SOURCE = "Cropped:";

  private static final long serialVersionUID = 1L;

  /** Characters that ROI name (3006,0026) may have. */
  private static final int LONGEST_NAME = 64;

  private final CropOptions options;
  private final StructureSetFiles files;

  /** The stage. */
  CroppingStage(CropOptions options, StructureSetFiles files) {
    this.options = options;
    this.files = files;
  }

  @Override
  public StageName name() {
    return StageName.CROPPING;
  }

  @Override
  public String configuration() {
    return options.json();
  }

  @Override
  public Outcome<StageRows> apply(Course course, CourseData data) throws CourseDataException {
    List<CourseStructures> drawn = data.sources();
    List<CourseStructures> wholes = new ArrayList<>(drawn);
    Optional<ReadVolume> ct = data.planningCt();
    wholes.addAll(data.madeStructures(name()));
    if (wholes.stream().allMatch(whole -> whole.set().rois().isEmpty())) {
      return skipped(course, Finding.Code.NO_STRUCTURE_SET, "the course has no structures");
    }
    if (ct.isEmpty() || course.planningCt() == null) {
      return skipped(course, Finding.Code.NO_PLANNING_CT, "the course has no planning CT");
    }
    String frameUid = course.planningCt().frameOfReferenceUid();
    List<StructureSet> landmarks = drawn.stream().map(one -> on(frameUid, one.set())).toList();
    CropBounds bounds = CropBounds.of(options, landmarks, ct.get().volume().grid());
    Cut cut = new Cut(course, frameUid, bounds, data.stageKey(this));
    double planeMm = ct.get().volume().grid().meanPlaneSpacingMm();
    wholes.forEach(whole -> cut.add(whole, planeMm));
    if (bounds.canCut()) {
      write(cut, new StructureSetFiles.Drawn(course, ct.get(), data.study()));
      cut.sets.forEach(set -> data.add(set, cut.stageKey, readers()));
    }
    return cut.outcome();
  }

  private Set<StageName> readers() {
    Set<StageName> readers = EnumSet.noneOf(StageName.class);
    options.results().forEach(result -> readers.add(StageName.valueOf(result.name())));
    return readers;
  }

  private static Outcome<StageRows> skipped(Course course, Finding.Code code, String message) {
    return new Outcome.Skipped<>(
        course.id(),
        List.of(new Finding(Finding.Level.SKIP_STAGE, code, course.id().key(), message)));
  }

  private void write(Cut cut, StructureSetFiles.Drawn drawn) throws CourseDataException {
    if (!cut.automatic.isEmpty()) {
      files.write(
          drawn,
          new StructureSetFiles.Signature(
              name(),
              904,
              "Automatic structures cut to " + options.region(),
              "cut by RTpipeline to " + options.region()),
          cut.stageKey,
          cut.automatic);
    }
  }

  /** The cut structures of one course as they are made. */
  private final class Cut {
    private final Course course;
    private final @Nullable String frameUid;
    private final CropBounds bounds;
    private final String stageKey;
    private final List<CourseStructures> sets = new ArrayList<>();
    private final Map<String, StructureSet> automatic = new LinkedHashMap<>();
    private final List<TableRecord> rows = new ArrayList<>();
    private final List<Finding> findings;

    Cut(Course course, @Nullable String frameUid, CropBounds bounds, String stageKey) {
      this.course = course;
      this.frameUid = frameUid;
      this.bounds = bounds;
      this.stageKey = stageKey;
      this.findings = findings(bounds, course.id().key());
    }

    void add(CourseStructures whole, double planeMm) {
      String uid = bounds.canCut() ? uid(whole.set()) : null;
      List<Roi> rest = new ArrayList<>();
      Set<Integer> clipped = new TreeSet<>();
      for (Roi roi : whole.set().rois()) {
        if (uid == null) {
          leaveOut(whole, roi, "a bound is open, or nothing lies between them: " + bounds.flags());
        } else if (!whole.set().isIn(frameUid, roi)) {
          leaveOut(
              whole, roi, "the region lies in another frame of reference than the planning CT");
        } else {
          CroppedRoi cut =
              CroppedRoi.of(
                  roi,
                  Objects.requireNonNull(bounds.inferiorMm()),
                  Objects.requireNonNull(bounds.superiorMm()),
                  planeMm);
          if (cut.rest() != null) {
            rest.add(cut.rest());
          }
          if (cut.share().extent() == CroppedRoi.Extent.CLIPPED) {
            clipped.add(roi.number());
          }
          rows.add(row(whole, roi, cut.rest() == null ? null : uid, cut.share(), null));
        }
      }
      if (uid != null && !rest.isEmpty()) {
        hold(
            whole,
            new StructureSet(uid, "Cropped", "UNAPPROVED", frameOf(whole), rest, List.of()),
            clipped);
      }
    }

    private void hold(CourseStructures whole, StructureSet set, Set<Integer> clipped) {
      sets.add(
          new CourseStructures(
              set, CourseStructures.Origin.CROPPED, SOURCE + source(whole), clipped));
      if (whole.origin() == CourseStructures.Origin.AUTOMATIC) {
        automatic.put(file(whole), marked(set, clipped));
      }
    }

    private @Nullable String frameOf(CourseStructures whole) {
      return frameUid == null ? whole.set().frameOfReferenceUid() : frameUid;
    }

    private String uid(StructureSet whole) {
      return DerivedUid.of(
          course.id().key(),
          whole.sopInstanceUid(),
          configuration(),
          String.valueOf(bounds.inferiorMm()),
          String.valueOf(bounds.superiorMm()));
    }

    private void leaveOut(CourseStructures whole, Roi roi, String reason) {
      rows.add(row(whole, roi, null, null, reason));
    }

    private CroppedStructureRow row(
        CourseStructures whole,
        Roi roi,
        @Nullable String croppedUid,
        CroppedRoi.@Nullable Share share,
        @Nullable String reason) {
      RowHead head =
          RowHead.of(
              course,
              stageKey,
              reason == null ? Outcome.Kind.DONE : Outcome.Kind.SKIPPED,
              findings);
      return new CroppedStructureRow(
          head,
          CroppedStructureRow.Structure.of(
              roi, whole.set().sopInstanceUid(), croppedUid, source(whole)),
          bounds,
          share,
          reason);
    }

    Outcome<StageRows> outcome() {
      return new Outcome.Done<>(course.id(), new StageRows(rows), findings);
    }
  }

  /** What a reader must know of the bounds, and first of all that nothing can be cut at them. */
  private static List<Finding> findings(CropBounds bounds, String subject) {
    List<Finding> findings = new ArrayList<>(bounds.findings(subject));
    if (!bounds.canCut()) {
      Finding.Code code =
          bounds.quality() == CropBounds.Quality.MISSING
              ? Finding.Code.CROP_LANDMARK_MISSING
              : Finding.Code.CROP_LANDMARK_IMPLAUSIBLE;
      findings.removeIf(finding -> finding.code() == code);
      findings.add(
          0,
          new Finding(
              Finding.Level.SKIP_STAGE,
              code,
              subject,
              "nothing is cut: " + bounds.check(subject).value()));
    }
    return findings;
  }

  /** The set without regions of other frames of reference. */
  private static StructureSet on(@Nullable String frameUid, StructureSet set) {
    return set.with(set.rois().stream().filter(roi -> set.isIn(frameUid, roi)).toList());
  }

  private static String source(CourseStructures whole) {
    return whole.origin() == CourseStructures.Origin.CLINICAL
        ? CourseStructures.MANUAL
        : whole.source();
  }

  /** The name of the file for the structures of a model. */
  private static String file(CourseStructures whole) {
    return whole.source().equals(SegmentationTarget.FIRST_MODEL)
        ? STRUCTURE_SET
        : STRUCTURE_SET.replace(
            "_cropped",
            "_" + whole.source().substring(SegmentationTarget.OTHER_MODEL.length()) + "_cropped");
  }

  /** The same set for other programs, which know of a missing part by the name alone. */
  private static StructureSet marked(StructureSet set, Set<Integer> clipped) {
    return set.with(
        set.rois().stream()
            .map(
                roi ->
                    clipped.contains(roi.number())
                        ? roi.called(PartialName.of(roi.name(), LONGEST_NAME))
                        : roi)
            .toList());
  }
}
