package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.Roi;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.radiomics.ImageRadiomics;
import org.rtpipeline.radiomics.ParameterSet;
import org.rtpipeline.radiomics.RadiomicsDiagnosticsRow;
import org.rtpipeline.radiomics.RadiomicsRow;
import org.rtpipeline.radiomics.RoiFeatures;
import org.rtpipeline.radiomics.RoiOnImage;
import org.rtpipeline.radiomics.TableFeature;

/** The radiomics rows of one course as they are made: every region of every image has its own. */
final class RadiomicsRows {

  private static final RoiFeatures.Facts NOTHING = RoiFeatures.empty().facts();

  private final Course course;
  private final @Nullable CtFrame ct;
  private final List<Regional> regions = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  RadiomicsRows(Course course, @Nullable CtFrame ct) {
    this.course = course;
    this.ct = ct;
  }

  /**
   * A region on an image.
   *
   * @param structures its structure set
   * @param roi the region
   * @param series the image
   * @param parameters for the image
   */
  record Place(CourseStructures structures, Roi roi, ImageSeries series, ParameterSet parameters) {
    /** What findings about it name. */
    String subject() {
      return Integer.toString(roi.number());
    }

    RoiOnImage region() {
      return new RoiOnImage(
          structures.set().sopInstanceUid(),
          structures.origin() == CourseStructures.Origin.CLINICAL
              ? CourseStructures.MANUAL
              : structures.source(),
          roi.number(),
          roi.name(),
          series.seriesUid(),
          series.modality(),
          parameters.mode(),
          parameters.name(),
          roi.standardName(),
          roi.madeBy());
    }
  }

  /**
   * What became of a region.
   *
   * @param why null when it has features
   * @param values its features
   * @param facts what they rest on
   * @param parameters null when nothing was computed
   */
  private record Regional(
      Place place,
      @Nullable Finding why,
      List<TableFeature> values,
      RoiFeatures.Facts facts,
      @Nullable ParameterSet parameters) {}

  void addFinding(Finding finding) {
    findings.add(finding);
  }

  void addFindings(List<Finding> more) {
    findings.addAll(more);
  }

  /** A region with features. */
  void add(Place place, ImageRadiomics.Result result) {
    List<String> left = result.facts().left();
    if (!left.isEmpty()) {
      findings.add(
          new Finding(
              Finding.Level.WARN,
              Finding.Code.IMAGE_TYPE_LEFT_OUT,
              place.subject(),
              "the region is too small, too large or too rich in levels for "
                  + String.join(", ", left)));
    }
    if (!result.parameters().name().equals(place.parameters().name())) {
      findings.add(
          new Finding(
              Finding.Level.WARN,
              Finding.Code.ROI_TOO_LARGE,
              place.subject(),
              "the region is large: " + result.parameters().name() + " was computed"));
    }
    regions.add(new Regional(place, null, result.values(), result.facts(), result.parameters()));
  }

  /** A region without features, for a reason that says what it is about itself. */
  void leaveOut(Place place, Finding why) {
    findings.add(why);
    regions.add(new Regional(place, why, List.of(), NOTHING, null));
  }

  void leaveOut(Place place, Finding.Level level, Finding.Code code, String reason) {
    leaveOut(place, new Finding(level, code, place.subject(), reason));
  }

  /** A region whose voxels are known, but that has no features. */
  void leaveOut(Place place, RoiFeatures.Facts facts, Finding.Code code, String reason) {
    Finding why = new Finding(Finding.Level.WARN, code, place.subject(), reason);
    findings.add(why);
    regions.add(new Regional(place, why, List.of(), facts, null));
  }

  /** How the stage ends for the course. */
  Outcome<StageRows> outcome(String stageKey) {
    List<TableRecord> rows = new ArrayList<>();
    for (Regional region : regions) {
      add(region, stageKey, rows);
    }
    List<Finding> all = new ArrayList<>();
    if (regions.stream().allMatch(region -> region.why() != null)) {
      all.add(noneComputed());
    }
    all.addAll(findings);
    return new Outcome.Done<>(course.id(), new StageRows(rows), all);
  }

  private void add(Regional region, String stageKey, List<TableRecord> rows) {
    Finding why = region.why();
    RowHead head = head(why, stageKey);
    String reason = why == null ? null : why.message();
    ParameterSet parameters = region.parameters();
    RoiOnImage roi = region.place().region();
    if (parameters == null) {
      rows.add(RadiomicsRow.without(head, roi, reason == null ? "" : reason));
    } else {
      roi = roi.withParameters(parameters.name());
      rows.addAll(RadiomicsRow.rows(head, roi, region.values()));
    }
    rows.add(
        new RadiomicsDiagnosticsRow(
            head,
            roi,
            parameters == null ? "" : parameters.sha256(),
            new RadiomicsDiagnosticsRow.Ends(
                touchesBorder(region.place()),
                region.place().structures().isClipped(region.place().roi())),
            region.facts(),
            region.values().size(),
            reason));
  }

  private @Nullable Boolean touchesBorder(Place place) {
    boolean isOnCt = place.series().equals(course.planningCt());
    return (ct == null || !isOnCt) ? null : ct.isTouchedBy(place.roi());
  }

  private RowHead head(@Nullable Finding why, String stageKey) {
    Outcome.Kind kind =
        why == null
            ? Outcome.Kind.DONE
            : why.level() == Finding.Level.FAILED ? Outcome.Kind.FAILED : Outcome.Kind.SKIPPED;
    List<Finding.Code> codes =
        Stream.concat(
                Stream.ofNullable(why).map(Finding::code),
                course.findings().stream().map(Finding::code))
            .distinct()
            .toList();
    return new RowHead(course.id(), course.patientId(), course.label(), stageKey, kind, codes);
  }

  private Finding noneComputed() {
    List<Finding> reasons =
        regions.stream().map(Regional::why).flatMap(Stream::ofNullable).toList();
    if (reasons.isEmpty()) {
      return new Finding(
          Finding.Level.SKIP_STAGE,
          Finding.Code.ROI_FRAME_OF_REFERENCE,
          course.id().key(),
          "no region lies in the frame of reference of an image");
    }
    Finding first =
        reasons.stream()
            .filter(why -> why.level() == Finding.Level.FAILED)
            .findFirst()
            .orElseGet(
                () ->
                    reasons.stream()
                        .filter(why -> why.level() != Finding.Level.OK)
                        .findFirst()
                        .orElse(reasons.get(0)));
    return new Finding(
        first.level() == Finding.Level.FAILED ? Finding.Level.FAILED : Finding.Level.SKIP_STAGE,
        first.code(),
        course.id().key(),
        "none of "
            + reasons.size()
            + " regions could be computed; "
            + first.subject()
            + ": "
            + first.message());
  }
}
