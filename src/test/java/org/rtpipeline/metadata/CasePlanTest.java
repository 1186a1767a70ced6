package org.rtpipeline.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Beam;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.DoseDetail;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageDetail;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.PatientDetail;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.PlanDetail;
import org.rtpipeline.model.PlannedBeam;
import org.rtpipeline.model.Prescription;
import org.rtpipeline.model.RowHead;

/** What a row about a course says of its plans, dose, image and patient. */
final class CasePlanTest {

  private static final LocalDate DAY = LocalDate.of(2024, 3, 4);

  private static final PatientDetail PATIENT =
      new PatientDetail(
          "F",
          64.0,
          1.6,
          null,
          new PatientDetail.Person("DOE^JANE", LocalDate.of(1960, 3, 5)),
          new PatientDetail.Staff(
              List.of("RECORD^A"), List.of("REFER^B"), List.of("PERFORM^C"), List.of("OPER^D")));

  private static PlanDetail detail(
      String uid, @Nullable Integer fractions, double gy, PlannedBeam... beams) {
    List<Beam> plain = List.of(beams).stream().map(PlannedBeam::beam).toList();
    Prescription level = new Prescription("TARGET", "Level", 3, gy);
    return new PlanDetail(
        new Plan(
            uid,
            "L-" + uid,
            DAY,
            "CURATIVE",
            "APPROVED",
            fractions,
            List.of(level),
            plain,
            List.of()),
        "Name",
        LocalTime.of(10, 30),
        new PlanDetail.Review(DAY, LocalTime.NOON, "REVIEW^E"),
        List.of(new PlanDetail.DoseReference(1, "VOLUME", level)),
        List.of(beams),
        0,
        PATIENT,
        List.of());
  }

  private static CasePlan plan(CasePlan.Together together, PlanDetail... plans) {
    return CasePlan.of(
        List.of(plans),
        new CasePlan.Choice("made", together),
        Map.of(3, "PTV_High"),
        PersonalData.DROP);
  }

  @Test
  void complexityOfAPlanIsThatOfItsBeamsWeightedWithTheirMeterset() {
    CasePlan plan =
        plan(
            CasePlan.Together.UNDECIDED,
            detail("1", 20, 40, MadeBeams.openField(1, 300), MadeBeams.arc(2, 100, 3)));
    double arc = Objects.requireNonNull(BeamApertures.of(MadeBeams.arc(2, 100, 3)).score()).score();
    assertThat(plan.complexity().score()).isEqualTo((300 + 100 * arc) / 400, within(1e-12));
    assertThat(plan.complexity().reason()).isEmpty();
    assertThat(plan.technique()).isEqualTo("STATIC+VMAT");
    assertThat(plan.techniqueBasis()).contains("beam 1: gantry at rest").contains("beam 2: gantry");
  }

  @Test
  void metersetPerGrayIsThatOfOneFraction() {
    CasePlan plan =
        plan(CasePlan.Together.UNDECIDED, detail("1", 20, 40, MadeBeams.openField(1, 300)));
    assertThat(plan.metersetMu()).isEqualTo(300);
    assertThat(plan.metersetPerGy()).isEqualTo(150);
    assertThat(plan.energiesMv()).containsExactly(6.0);
    assertThat(plan.machines()).containsExactly("L");
  }

  @Test
  void fractionsAndPrescriptionsAddUpOnlyWhereTheDosesDo() {
    PlanDetail first = detail("1", 25, 50, MadeBeams.openField(1, 300));
    PlanDetail boost = detail("2", 8, 16, MadeBeams.openField(1, 200));
    CasePlan sum = plan(CasePlan.Together.SUM, first, boost);
    assertThat(sum.plannedFractions()).isEqualTo(33);
    assertThat(sum.prescriptionGy()).isEqualTo(66);
    assertThat(sum.metersetPerGy()).isNull();
    assertThat(sum.complexity().reason()).contains("here are 2");
    assertThat(CaseJson.metersetByBeam(sum)).isEqualTo("{\"1 1\":300.0,\"2 1\":200.0}");
    CasePlan undecided = plan(CasePlan.Together.UNDECIDED, first, boost);
    assertThat(undecided.plannedFractions()).isNull();
    assertThat(undecided.prescriptionGy()).isNull();
    CasePlan lacking =
        plan(CasePlan.Together.SUM, first, detail("3", null, 5, MadeBeams.openField(1, 1)));
    assertThat(lacking.plannedFractions()).isNull();
  }

  @Test
  void planWithoutBeamsOrMetersetHasNoComplexityAndSaysWhy() {
    CasePlan empty = plan(CasePlan.Together.UNDECIDED, detail("1", 20, 40));
    assertThat(empty.complexity().reason()).contains("without a meterset");
    assertThat(empty.technique()).isNull();
    assertThat(empty.techniqueBasis()).isNull();
    CasePlan jawsOnly =
        plan(
            CasePlan.Together.UNDECIDED,
            detail("1", 20, 40, MadeBeams.planned(MadeBeams.beam(4, "PHOTON", 9, 0), List.of())));
    assertThat(jawsOnly.complexity().reason()).contains("beam 4: the beam has no multileaf");
  }

  private static MetadataRow row(PersonalData allowed) {
    CasePlan plan =
        CasePlan.of(
            List.of(detail("1", 20, 40, MadeBeams.openField(1, 300))),
            new CasePlan.Choice("the plan of the dose", CasePlan.Together.UNDECIDED),
            Map.of(3, "PTV_High"),
            allowed);
    CaseDose dose =
        new CaseDose(
            List.of("9"),
            List.of("1"),
            List.of(
                new DoseDetail(
                    "9",
                    "GY",
                    "PHYSICAL",
                    "PLAN",
                    2,
                    3,
                    1,
                    List.of(2.5, 3.0),
                    List.of(0.0, 1.0, 2.0),
                    List.of(0.0),
                    0.001,
                    PatientDetail.UNKNOWN)),
            new CaseDose.Statistics(0, 42, 20));
    CaseImage image =
        new CaseImage(
            "1.2.3",
            "1.2",
            80,
            512,
            512,
            2.5,
            new ImageDetail(
                new ImageDetail.Scanner("MAKER", "M1", "SITE", List.of("V1")),
                new ImageDetail.Exposure(120.0, 200.0, 500.0, 100.0, 0.9, 0.5, "HFS"),
                new ImageDetail.Reconstruction(
                    List.of("B30f"), "ITERATIVE", 3.0, 500.0, List.of(0.98, 0.98)),
                new ImageDetail.Contrast("IOHEXOL", "IV", 3.0, 100.0),
                PATIENT));
    return new MetadataRow(
        new RowHead(new CourseId("k"), "P", "2024-03", "s", Outcome.Kind.DONE, List.of()),
        new CaseMetadata(
            99,
            plan,
            null,
            dose,
            image.withoutPatient(),
            PATIENT.asAllowed(allowed),
            PATIENT.ageYearsOn(CaseMetadata.dayOf(plan)),
            null),
        "");
  }

  private static @Nullable Object cell(MetadataRow row, String name) {
    for (Column<MetadataRow> column : MetadataRow.SCHEMA.columns()) {
      if (column.name().equals(name)) {
        return column.value().apply(row);
      }
    }
    throw new AssertionError("no column " + name);
  }

  @Test
  void rowTellsOfPlanDoseImageAndPatient() {
    MetadataRow row = row(PersonalData.DROP);
    assertThat(cell(row, "plan_dates")).isEqualTo(List.of("2024-03-04"));
    assertThat(cell(row, "prescription_gy")).isEqualTo(40.0);
    assertThat(cell(row, "energies_mv")).isEqualTo(List.of(6.0));
    assertThat(cell(row, "modulation_complexity")).isEqualTo(1.0);
    assertThat(cell(row, "dose_max_gy")).isEqualTo(42.0);
    assertThat(cell(row, "ct_convolution_kernels")).isEqualTo(List.of("B30f"));
    assertThat(cell(row, "ct_slice_increment_mm")).isEqualTo(2.5);
    assertThat(cell(row, "patient_bmi_kg_per_m2")).isEqualTo(64 / (1.6 * 1.6));
    assertThat(cell(row, "patient_age_years")).isEqualTo(63.0);
    assertThat(cell(row, "prescriptions_by_roi_json"))
        .isEqualTo(
            "[{\"ROI_Number\":3,\"ROI_Name\":\"PTV_High\",\"TargetPrescriptionDose\":40.0}]");
    assertThat(cell(row, "dose_grid_json"))
        .asString()
        .startsWith("{\"DoseSummationType\":\"PLAN\",\"Rows\":2,\"Columns\":3")
        .endsWith("\"DoseStats\":{\"minGy\":0.0,\"maxGy\":42.0,\"meanGy\":20.0}}");
  }

  @Test
  void peopleAreNamedOnlyWhenTheSiteAsksForIt() {
    String dropped = all(row(PersonalData.DROP));
    for (String person :
        List.of("DOE", "1960-03-05", "RECORD", "REFER", "PERFORM", "OPER^", "REVIEW")) {
      assertThat(dropped).doesNotContain(person);
      assertThat(all(row(PersonalData.KEEP))).contains(person);
    }
  }

  private static String all(MetadataRow row) {
    StringBuilder text = new StringBuilder();
    for (Column<MetadataRow> column : MetadataRow.SCHEMA.columns()) {
      text.append(column.value().apply(row)).append('\n');
    }
    return text.toString();
  }

  @Test
  void rowOfACourseWithoutAnythingIsEmptyAndWhole() {
    CasePlan none = plan(CasePlan.Together.UNDECIDED);
    MetadataRow row =
        new MetadataRow(
            row(PersonalData.DROP).head(),
            new CaseMetadata(
                1,
                none,
                null,
                new CaseDose(List.of(), List.of(), List.of(), null),
                null,
                PatientDetail.UNKNOWN,
                null,
                null),
            "");
    assertThat(cell(row, "fractions_planned")).isNull();
    assertThat(cell(row, "ct_manufacturer")).isNull();
    assertThat(cell(row, "roi_count")).isNull();
    assertThat(cell(row, "dose_grid_json")).isEqualTo("{\"Sources\":[]}");
    assertThat(CaseMetadata.dayOf(none)).isNull();
  }

  @Test
  void rowOfACourseThatCannotBeToldOfHoldsTheReasonAlone() {
    RowHead head =
        new RowHead(
            new CourseId("k"),
            "P",
            "2024-03",
            "s",
            Outcome.Kind.SKIPPED,
            List.of(Finding.Code.CONFLICTING_DUPLICATE));
    MetadataRow row = new MetadataRow(head, null, "2 files share the SOP instance UID");
    assertThat(MetadataRow.SCHEMA.columns())
        .filteredOn(column -> column.value().apply(row) != null)
        .extracting(Column::name)
        .containsExactly(
            "course_key",
            "patient_id",
            "course_label",
            "stage_key",
            "outcome",
            "findings",
            "reason");
    assertThat(cell(row, "outcome")).isEqualTo("SKIPPED");
    assertThat(cell(row, "reason")).isEqualTo("2 files share the SOP instance UID");
  }

  @Test
  void pointsWithoutDoseAreLeftOutOfTheStatistics() {
    VoxelGrid grid =
        new VoxelGrid(
            2,
            1,
            new Point(0, 0, 0),
            new Point(1, 0, 0),
            new Point(0, 1, 0),
            1,
            1,
            new double[] {0, 1});
    assertThat(CaseDose.Statistics.of(new DoseGrid(grid, new float[] {1, Float.NaN, 3, Float.NaN})))
        .isEqualTo(new CaseDose.Statistics(1, 3, 2));
    float nan = Float.NaN;
    assertThat(CaseDose.Statistics.of(new DoseGrid(grid, new float[] {nan, nan, nan, nan})))
        .isNull();
  }

  @Test
  void everyBeamHasARow() {
    List<BeamRow> rows =
        BeamRow.of(
            row(PersonalData.DROP).head(),
            detail("1", 20, 40, MadeBeams.openField(1, 300), MadeBeams.arc(2, 100, 60)));
    assertThat(rows).extracting(r -> r.summary().isArc()).containsExactly(false, true);
    for (Column<BeamRow> column : BeamRow.SCHEMA.columns()) {
      if (!column.name().endsWith("reason")) {
        assertThat(column.value().apply(rows.get(1))).as(column.name()).isNotNull();
      }
    }
  }
}
