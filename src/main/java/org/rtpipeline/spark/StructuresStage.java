package org.rtpipeline.spark;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.dicom.ReadVolume;
import org.rtpipeline.dicom.RtStructReader;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.geometry.ContourRaster;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.geometry.VoxelMask;
import org.rtpipeline.model.Contour;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.PartialName;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.segmentation.ContourOptions;
import org.rtpipeline.segmentation.DerivedUid;
import org.rtpipeline.segmentation.MaskContours;
import org.rtpipeline.structures.Derivation;
import org.rtpipeline.structures.Derivation.Completeness;
import org.rtpipeline.structures.Derivation.Derived;
import org.rtpipeline.structures.DerivedStructureRow;
import org.rtpipeline.structures.FineGrid;
import org.rtpipeline.structures.NamedMask;
import org.rtpipeline.structures.StructureRequest;

/**
 * Structures derived from those of a course, written as {@code RS_custom.dcm} and handed to the
 * stages after this one as they are read back from it.
 */
final class StructuresStage implements CourseStage<StageRows> {

  /** The structure set. */
  static final String STRUCTURE_SET = "RS_custom.dcm";

  /** What the column {@code segmentation_source} says of derived structures. */
  static final String SOURCE = "Custom";

  private static final long serialVersionUID = 1L;
  private static final StructureSetFiles.Signature SIGNATURE =
      new StructureSetFiles.Signature(
          StageName.STRUCTURES, 902, "Derived structures", "derived by RTpipeline");

  private final StructureRequest request;
  private final StructureSetFiles files;

  /** The stage. */
  StructuresStage(StructureRequest request, StructureSetFiles files) {
    this.request = request;
    this.files = files;
  }

  @Override
  public StageName name() {
    return StageName.STRUCTURES;
  }

  @Override
  public String configuration() {
    return String.format(
        Locale.ROOT,
        "{\"definitions\":\"%s\",\"largestPixelMm\":%s}",
        DerivedUid.of(request.source()),
        request.largestPixelMm());
  }

  @Override
  public Outcome<StageRows> apply(Course course, CourseData data) throws CourseDataException {
    List<CourseStructures> sources = data.sources();
    if (sources.isEmpty()) {
      return skipped(course, Finding.Code.NO_STRUCTURE_SET, "the course has no structure set");
    }
    Optional<ReadVolume> ct = data.planningCt();
    if (ct.isEmpty()) {
      return skipped(course, Finding.Code.NO_PLANNING_CT, "the course has no planning CT");
    }
    VoxelGrid grid = FineGrid.of(ct.get().volume().grid(), request.largestPixelMm());
    List<Derived> derived = Derivation.of(grid, masks(grid, sources), request.definitions());
    StudyContext study = data.study();
    StructureSet set = structureSet(course, ct.get(), grid, study, sources, derived);
    String stageKey = data.stageKey(this);
    List<Finding> findings = new ArrayList<>();
    if (!set.rois().isEmpty()) {
      StructureSet written =
          written(new StructureSetFiles.Drawn(course, ct.get(), study), set, stageKey);
      data.add(
          new CourseStructures(written, CourseStructures.Origin.CUSTOM, SOURCE),
          stageKey,
          EnumSet.complementOf(EnumSet.of(name())));
    }
    return new Outcome.Done<>(
        course.id(),
        new StageRows(rows(course, stageKey, grid, data.named(set), derived, findings)),
        findings);
  }

  private static Outcome<StageRows> skipped(Course course, Finding.Code code, String message) {
    return new Outcome.Skipped<>(
        course.id(),
        List.of(new Finding(Finding.Level.SKIP_STAGE, code, course.id().key(), message)));
  }

  private List<NamedMask> masks(VoxelGrid grid, List<CourseStructures> sources) {
    List<NamedMask> masks = new ArrayList<>();
    for (CourseStructures source : sources) {
      for (Roi roi : source.set().rois()) {
        if (request.definitions().mention(roi.name())
            || request.definitions().mention(roi.comparedName())) {
          mask(grid, roi)
              .ifPresent(
                  mask -> masks.add(new NamedMask(roi.name(), List.of(roi.comparedName()), mask)));
        }
      }
    }
    return masks;
  }

  private static Optional<VoxelMask> mask(VoxelGrid grid, Roi roi) {
    List<double[]> contoursMm = roi.enclosingMm();
    return contoursMm.isEmpty() || !ContourRaster.isAlong(grid, contoursMm)
        ? Optional.empty()
        : roi.voxels(grid);
  }

  private StructureSet structureSet(
      Course course,
      ReadVolume ct,
      VoxelGrid grid,
      StudyContext study,
      List<CourseStructures> sources,
      List<Derived> derived) {
    List<Roi> rois = new ArrayList<>();
    for (Derived one : derived) {
      VoxelMask mask = one.mask();
      if (mask != null) {
        List<Contour> contours =
            MaskContours.of(
                mask.inside(),
                FineGrid.box(grid, mask),
                ct.sopInstanceUids().subList(mask.first(2), mask.first(2) + mask.count(2)),
                ContourOptions.EXACT);
        rois.add(
            new Roi(
                rois.size() + 1,
                name(one),
                "",
                "SEMIAUTOMATIC",
                study.frameOfReferenceUid(),
                contours));
      }
    }
    List<String> made = new ArrayList<>(List.of(course.id().key(), configuration()));
    sources.forEach(source -> made.add(source.set().sopInstanceUid()));
    return new StructureSet(
        DerivedUid.of(made.toArray(String[]::new)),
        "Custom",
        "UNAPPROVED",
        study.frameOfReferenceUid(),
        rois,
        List.of());
  }

  private static String name(Derived derived) {
    String name = derived.structure().name();
    return derived.completeness() == Completeness.PARTIAL ? PartialName.of(name) : name;
  }

  /** The structure set as any program reads it from its file. */
  private StructureSet written(StructureSetFiles.Drawn drawn, StructureSet set, String stageKey)
      throws CourseDataException {
    byte[] file =
        Objects.requireNonNull(
            files.write(drawn, SIGNATURE, stageKey, Map.of(STRUCTURE_SET, set)).get(STRUCTURE_SET));
    try {
      return RtStructReader.read(STRUCTURE_SET, new ByteArrayInputStream(file));
    } catch (DicomException e) {
      throw new IllegalStateException("a structure set of ours cannot be read back", e);
    }
  }

  private static List<TableRecord> rows(
      Course course,
      String stageKey,
      VoxelGrid grid,
      StructureSet set,
      List<Derived> derived,
      List<Finding> findings) {
    List<TableRecord> rows = new ArrayList<>();
    int number = 0;
    for (Derived one : derived) {
      VoxelMask mask = one.mask();
      List<Finding.Code> codes = new ArrayList<>();
      if (!one.reason().isEmpty()) {
        Finding finding =
            new Finding(
                Finding.Level.WARN,
                Finding.Code.DERIVED_STRUCTURE,
                one.structure().name(),
                one.reason());
        findings.add(finding);
        codes.add(finding.code());
      }
      RowHead head =
          new RowHead(
              course.id(),
              course.patientId(),
              course.label(),
              stageKey,
              mask == null ? Outcome.Kind.SKIPPED : Outcome.Kind.DONE,
              codes);
      rows.add(
          mask == null
              ? new DerivedStructureRow(head, null, null, one, null, null)
              : new DerivedStructureRow(
                  head,
                  set.sopInstanceUid(),
                  ++number,
                  one,
                  DerivedStructureRow.volumeCm3(grid, mask),
                  set.rois().get(number - 1).standardName()));
    }
    return rows;
  }
}
