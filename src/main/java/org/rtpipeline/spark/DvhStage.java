package org.rtpipeline.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.dvh.DoseVolumeCalculator;
import org.rtpipeline.dvh.DvhCurveRow;
import org.rtpipeline.dvh.DvhOptions;
import org.rtpipeline.dvh.DvhRequest;
import org.rtpipeline.dvh.DvhRow;
import org.rtpipeline.dvh.DvhSource;
import org.rtpipeline.dvh.MetricRequest;
import org.rtpipeline.dvh.RoiDoseVolume;
import org.rtpipeline.dvh.RoiName;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TableRecord;

/** Dose-volume rows and curves of every region of every structure set of a course. */
public final class DvhStage implements CourseStage<StageRows> {

  private static final long serialVersionUID = 1L;

  private final DvhOptions options;
  private final MetricRequest metrics;
  private final Kernel kernel;
  private final @Nullable DvhDoseFiles files;

  /** Computes one region. */
  interface Kernel extends Serializable {
    RoiDoseVolume of(DoseVolumeCalculator calculator, Roi roi, double singlePlaneThicknessMm);
  }

  /** The stage of a request, without files. */
  public DvhStage(DvhRequest request) {
    this(request, DoseVolumeCalculator::of, null);
  }

  /**
   * The stage of a request.
   *
   * @param files where curves go besides the tables; null for nowhere
   */
  DvhStage(DvhRequest request, Kernel kernel, @Nullable DvhDoseFiles files) {
    this.files = files;
    this.options = request.options();
    this.metrics = request.metrics();
    this.kernel = kernel;
  }

  @Override
  public StageName name() {
    return StageName.DVH;
  }

  @Override
  public boolean isPerRegion() {
    return files == null;
  }

  @Override
  public String configuration() {
    return String.format(
        Locale.ROOT,
        "{\"betweenPlanes\":\"%s\",\"binWidthGy\":%s,\"cellsPerRoi\":%d,\"endCaps\":\"%s\","
            + "\"interpolation\":\"%s\",\"metrics\":[%s]%s}",
        options.betweenPlanes(),
        options.binWidthGy(),
        options.cellsPerRoi(),
        options.endCaps(),
        options.interpolation(),
        String.join(",", metrics.text().stream().map(DvhStage::quoted).toList()),
        files == null ? "" : ",\"rtdose\":true");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public Outcome<StageRows> apply(Course course, CourseData data) throws CourseDataException {
    List<CourseStructures> sets = data.structureSets(name());
    Optional<Finding> obstacle = obstacle(course, sets);
    if (obstacle.isPresent()) {
      return new Outcome.Skipped<>(course.id(), List.of(obstacle.get()));
    }
    CourseData.CourseDose dose =
        data.dose().orElseThrow(() -> new IllegalStateException("a chosen dose is there"));
    Optional<CtFrame> ct = data.planningCtFrame();
    DvhSources sources = new DvhSources(course, Prescriptions.of(course, data), options);
    DvhSource.Fractions fractions = Prescriptions.fractions(course, data);
    Rows rows = new Rows(sources, fractions, dose, ct.orElse(null), data);
    sets.forEach(rows::add);
    if (files != null) {
      rows.findings.addAll(files.write(course, data, rows.stageKey, rows.curves));
    }
    return rows.outcome();
  }

  private static Optional<Finding> obstacle(Course course, List<CourseStructures> sets) {
    DoseDecision decision = course.doseDecision();
    if (sets.isEmpty()) {
      return Optional.of(
          skip(course, Finding.Code.NO_STRUCTURE_SET, "the course has no structure set"));
    }
    if (decision.rule() == DoseDecision.Rule.NO_DOSES) {
      return Optional.of(skip(course, Finding.Code.NO_DOSE, decision.reason()));
    }
    return decision.chosenUids().isEmpty()
        ? Optional.of(
            skip(course, Finding.Code.AMBIGUOUS_DOSE, decision.rule() + ": " + decision.reason()))
        : Optional.empty();
  }

  private static Finding skip(Course course, Finding.Code code, String message) {
    return new Finding(Finding.Level.SKIP_STAGE, code, course.id().key(), message);
  }

  /**
   * A region of a structure set.
   *
   * @param source where its rows come from
   * @param extent how much of the region it is
   * @param asked what is read of it beyond the fixed columns
   */
  private record Place(Roi roi, DvhSource source, RoiName.Extent extent, MetricRequest asked) {
    RoiName name(@Nullable Boolean touchesImageBorder) {
      return RoiName.of(roi, touchesImageBorder).with(extent);
    }
  }

  /** The rows of one course as they are made. */
  private final class Rows {
    private final Course course;
    private final DvhSources sources;
    private final DvhSource.Fractions fractions;
    private final CourseData.CourseDose dose;
    private final @Nullable CtFrame ct;
    private final RegionResults regions;
    private final String stageKey;
    private final DoseVolumeCalculator calculator;
    private final @Nullable RoiDoseVolume everything;
    private final double thicknessMm;
    private final List<TableRecord> rows = new ArrayList<>();
    private final List<TableRecord> metricRows = new ArrayList<>();
    private final List<DvhDoseFiles.Curves> curves = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> reasons = new ArrayList<>();
    private int computed;

    Rows(
        DvhSources sources,
        DvhSource.Fractions fractions,
        CourseData.CourseDose dose,
        @Nullable CtFrame ct,
        CourseData data) {
      this.course = sources.course();
      this.sources = sources;
      this.fractions = fractions;
      this.dose = dose;
      this.ct = ct;
      this.regions = data.regions();
      this.stageKey = data.stageKey(DvhStage.this);
      this.calculator = new DoseVolumeCalculator(dose.grid(), options);
      this.everything = metrics.needsEverything() ? calculator.everything() : null;
      this.thicknessMm = thickness();
      findings.addAll(dose.findings());
    }

    private double thickness() {
      double doseMm = dose.grid().grid().meanPlaneSpacingMm();
      double otherwiseMm = doseMm > 0 ? doseMm : dose.grid().grid().rowSpacingMm();
      return ct == null ? otherwiseMm : ct.spacingMm();
    }

    void add(CourseStructures structures) {
      StructureSet set = structures.set();
      findings.addAll(set.findings());
      DvhSource source = sources.of(structures);
      boolean isCropped = structures.origin() == CourseStructures.Origin.CROPPED;
      DvhDoseFiles.Curves own = new DvhDoseFiles.Curves(source);
      // RT Doses with curves refer to structure sets that are files; most cut copies are none.
      if (!isCropped) {
        curves.add(own);
      }
      for (Roi roi : set.rois()) {
        Place place =
            new Place(
                roi,
                source,
                structures.isClipped(roi) ? RoiName.Extent.CLIPPED : RoiName.Extent.WHOLE,
                isCropped ? metrics.unjudged() : metrics);
        if (set.isIn(dose.frameOfReferenceUid(), roi)) {
          compute(place, own);
        } else {
          leaveOut(
              place,
              Finding.Code.DOSE_FRAME_OF_REFERENCE,
              "the region lies in another frame of reference than the dose");
        }
      }
    }

    // An error of our own in one region is the end of that region alone.
    @SuppressWarnings("checkstyle:illegalcatch")
    private void compute(Place place, DvhDoseFiles.Curves own) {
      try {
        add(place, volume(place), own);
      } catch (RuntimeException e) {
        Finding bug = OutcomeIterator.bug(Integer.toString(place.roi().number()), name(), e);
        findings.add(bug);
        notComputed(head(Outcome.Kind.FAILED, List.of(bug.code())), place, bug.message());
      }
    }

    private RoiDoseVolume volume(Place place) {
      return regions.of(
          new RegionResults.Key(
              stageKey, place.source().structures().uid(), place.roi().number(), ""),
          RoiDoseVolume.class,
          () -> kernel.of(calculator, place.roi(), thicknessMm));
    }

    private void add(Place place, RoiDoseVolume volume, DvhDoseFiles.Curves own) {
      Roi roi = place.roi();
      if (!(volume.volumeCm3() > 0)) {
        Finding why =
            volume.findings().stream()
                .findFirst()
                .orElse(
                    new Finding(
                        Finding.Level.WARN,
                        Finding.Code.EMPTY_ROI,
                        Integer.toString(roi.number()),
                        "the contours enclose no volume"));
        leaveOut(place, why.code(), why.message());
        return;
      }
      findings.addAll(volume.findings());
      RoiName name = place.name(ct == null ? null : ct.isTouchedBy(roi));
      DvhSource source = place.source();
      DvhRow row = DvhRow.of(head(Outcome.Kind.DONE, List.of()), name, source, volume);
      rows.add(row);
      DvhCurveRow.of(row.head(), name, source, volume).ifPresent(rows::add);
      if (files != null) {
        own.add(roi.number(), volume);
      }
      metricRows.addAll(
          place.asked().rows(row.head(), name, source, fractions, volume, everything));
      computed++;
    }

    private void leaveOut(Place place, Finding.Code code, String reason) {
      Finding why =
          new Finding(Finding.Level.WARN, code, Integer.toString(place.roi().number()), reason);
      findings.add(why);
      reasons.add(why);
      notComputed(head(Outcome.Kind.SKIPPED, List.of(code)), place, reason);
    }

    private void notComputed(RowHead head, Place place, String reason) {
      RoiName name = place.name(null);
      rows.add(DvhRow.notComputed(head, name, place.source(), reason));
      metricRows.addAll(place.asked().notComputed(head, name, place.source(), reason));
    }

    private RowHead head(Outcome.Kind kind, List<Finding.Code> first) {
      List<Finding.Code> codes =
          Stream.of(
                  first.stream(),
                  course.findings().stream().map(Finding::code),
                  dose.findings().stream().map(Finding::code))
              .flatMap(s -> s)
              .distinct()
              .toList();
      return new RowHead(course.id(), course.patientId(), course.label(), stageKey, kind, codes);
    }

    Outcome<StageRows> outcome() {
      if (rows.isEmpty()) {
        return new Outcome.Skipped<>(
            course.id(),
            Stream.concat(
                    Stream.of(skip(course, Finding.Code.NO_ROI, "no structure set has a ROI")),
                    findings.stream())
                .toList());
      }
      if (computed == 0) {
        return noneComputed();
      }
      return new Outcome.Done<>(course.id(), all(), findings);
    }

    private StageRows all() {
      return new StageRows(Stream.concat(rows.stream(), metricRows.stream()).toList());
    }

    /** The rows that say why, under a finding that leaves the stage out for the course. */
    private Outcome<StageRows> noneComputed() {
      Optional<Finding> broken =
          findings.stream().filter(f -> f.level() == Finding.Level.FAILED).findFirst();
      Finding first = broken.orElseGet(() -> reasons.get(0));
      List<Finding> all = new ArrayList<>();
      all.add(
          new Finding(
              broken.isPresent() ? Finding.Level.FAILED : Finding.Level.SKIP_STAGE,
              first.code(),
              course.id().key(),
              "none of "
                  + rows.size()
                  + " regions could be computed; region "
                  + first.subject()
                  + ": "
                  + first.message()));
      all.addAll(findings);
      return new Outcome.Done<>(course.id(), all(), all);
    }
  }
}
