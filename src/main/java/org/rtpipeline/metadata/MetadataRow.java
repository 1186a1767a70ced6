package org.rtpipeline.metadata;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.ImageDetail;
import org.rtpipeline.model.PlanDetail;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;

/**
 * What is known of one course beside its doses and features.
 *
 * @param head the course
 * @param data what is known; null when nothing is
 * @param reason why something or everything is missing that could not be read; empty when nothing
 *     is
 */
public record MetadataRow(RowHead head, @Nullable CaseMetadata data, String reason)
    implements TableRecord {

  /** Table {@code metadata}. */
  public static final TableSchema<MetadataRow> SCHEMA =
      new TableSchema<>(
          "metadata",
          "One row per course: plans, delivery, dose grid, planning CT, patient and structures",
          List.of("course_key"),
          columns());

  @Override
  public TableSchema<MetadataRow> schema() {
    return SCHEMA;
  }

  private static List<Column<MetadataRow>> columns() {
    List<Column<MetadataRow>> columns = new ArrayList<>(RowHead.columns(MetadataRow::head));
    columns.add(
        whole("dicom_objects", "DICOM objects of the course, images included", d -> d.objects()));
    plans(columns);
    beams(columns);
    delivery(columns);
    dose(columns);
    image(columns);
    patient(columns);
    structures(columns);
    columns.add(
        new Column<>(
            "reason",
            Column.Type.TEXT,
            "",
            "Why the stage is not done for the course; empty when it is",
            MetadataRow::reason));
    return columns;
  }

  private static void plans(List<Column<MetadataRow>> columns) {
    columns.add(texts("plan_uids", "Plans that count", p -> p.plan().sopInstanceUid()));
    columns.add(text("plan_basis", "Why these plans count", d -> d.plan().choice().basis()));
    columns.add(texts("plan_labels", "RT plan labels (300A,0002)", p -> p.plan().label()));
    columns.add(texts("plan_names", "RT plan names (300A,0003)", PlanDetail::name));
    columns.add(texts("plan_dates", "RT plan dates (300A,0006)", p -> p.plan().date()));
    columns.add(texts("plan_times", "RT plan times (300A,0007)", p -> shown(p.time())));
    columns.add(texts("plan_intents", "Plan intents (300A,000A)", p -> p.plan().intent()));
    columns.add(
        texts(
            "approval_statuses", "Approval statuses (300E,0002)", p -> p.plan().approvalStatus()));
    columns.add(texts("review_dates", "Review dates (300E,0004)", p -> p.review().date()));
    columns.add(texts("review_times", "Review times (300E,0005)", p -> shown(p.review().time())));
    columns.add(
        texts(
            "reviewers",
            "Reviewer names (300E,0008); empty unless privacy.personal-data = keep",
            p -> p.review().reviewer()));
    columns.add(
        whole(
            "fractions_planned",
            "Fractions planned (300A,0078), added up over plans that add up",
            d -> d.plan().plannedFractions()));
    columns.add(
        number(
            "prescription_gy",
            "Gy",
            "Highest target prescription (300A,0026), added up over plans that add up",
            d -> d.plan().prescriptionGy()));
    columns.add(
        text(
            "prescriptions_json",
            "Dose references (300A,0010) as JSON",
            d -> CaseJson.prescriptions(d.plan())));
    columns.add(
        text(
            "prescriptions_by_roi_json",
            "Prescriptions that name an ROI, by ROI number, as JSON",
            d -> CaseJson.prescriptionsByRoi(d.plan())));
  }

  private static void beams(List<Column<MetadataRow>> columns) {
    columns.add(
        whole(
            "treatment_beams",
            "Beams of the plans that count, those for setup left out",
            d -> d.plan().plans().isEmpty() ? null : d.plan().allBeams().size()));
    columns.add(
        new Column<>(
            "energies_mv",
            Column.Type.DOUBLE_LIST,
            "MV or MeV",
            "Nominal energies (300A,0114) of all control points of the treatment beams, each once",
            r -> told(r, d -> d.plan().energiesMv())));
    columns.add(
        list("treatment_machines", "Treatment machines (300A,00B2)", d -> d.plan().machines()));
    columns.add(
        text(
            "technique",
            "STATIC, IMRT, ARC, VMAT, ELECTRON, ION, BRACHYTHERAPY or UNKNOWN, joined with +",
            d -> d.plan().technique()));
    columns.add(
        text("technique_basis", "What the technique was seen by", d -> d.plan().techniqueBasis()));
    columns.add(
        text(
            "beam_geometry_json",
            "Gantry, collimator and couch angles of all control points as JSON, degrees",
            d -> CaseJson.beamGeometry(d.plan())));
    columns.add(text("beams_json", "Treatment beams as JSON", d -> CaseJson.beamInfo(d.plan())));
    columns.add(
        number(
            "meterset_mu",
            "MU",
            "Beam metersets (300A,0086) of one fraction of all treatment beams",
            d -> d.plan().metersetMu()));
    columns.add(
        text(
            "metersets_json",
            "Meterset of each treatment beam by its number as JSON, MU",
            d -> CaseJson.metersetByBeam(d.plan())));
    columns.add(
        number(
            "meterset_mu_per_gy",
            "MU/Gy",
            "Meterset of a fraction over its prescribed dose; of one plan only",
            d -> d.plan().metersetPerGy()));
    columns.add(
        number(
            "modulation_complexity",
            "",
            "Modulation complexity score (McNiven 2010, Masi 2013), 1 for an open field",
            d -> d.plan().complexity().score()));
    columns.add(
        text(
            "modulation_complexity_reason",
            "Why the plan has no score; empty when it has one",
            d -> d.plan().complexity().reason()));
  }

  private static void delivery(List<Column<MetadataRow>> columns) {
    columns.add(
        text("start_date", "First day of treatment", d -> of(d.delivery(), Delivery::start)));
    columns.add(text("end_date", "Last day of treatment", d -> of(d.delivery(), Delivery::end)));
    columns.add(
        whole(
            "fractions_delivered",
            "Fractions with records",
            d -> of(d.delivery(), delivery -> delivery.fractions().size())));
  }

  private static void dose(List<Column<MetadataRow>> columns) {
    columns.add(list("dose_uids", "Doses that count; several are summed", d -> d.dose().uids()));
    columns.add(
        list("dose_plan_uids", "Plans that these doses refer to", d -> d.dose().planUids()));
    columns.add(
        list("dose_units", "Dose units (3004,0002)", d -> d.dose().texts(dose -> dose.units())));
    columns.add(
        list("dose_types", "Dose types (3004,0004)", d -> d.dose().texts(dose -> dose.type())));
    columns.add(
        text(
            "dose_grid_json",
            "Grid of the dose as JSON: summation type, size, spacing, position, scaling",
            d -> CaseJson.doseGrid(d.dose())));
    columns.add(
        number(
            "dose_min_gy",
            "Gy",
            "Lowest dose of the grid",
            d -> of(d.dose().statistics(), CaseDose.Statistics::minGy)));
    columns.add(
        number(
            "dose_max_gy",
            "Gy",
            "Highest dose of the grid",
            d -> of(d.dose().statistics(), CaseDose.Statistics::maxGy)));
    columns.add(
        number(
            "dose_mean_gy",
            "Gy",
            "Mean over the points of the grid",
            d -> of(d.dose().statistics(), CaseDose.Statistics::meanGy)));
  }

  private static void image(List<Column<MetadataRow>> columns) {
    columns.add(
        text("ct_series_uid", "Series of the planning CT", d -> of(d.image(), i -> i.seriesUid())));
    columns.add(
        text("ct_study_uid", "Study of the planning CT", d -> of(d.image(), i -> i.studyUid())));
    columns.add(whole("ct_slices", "Images of the series", d -> of(d.image(), i -> i.slices())));
    columns.add(whole("ct_rows", "Rows (0028,0010)", d -> of(d.image(), i -> i.rows())));
    columns.add(whole("ct_columns", "Columns (0028,0011)", d -> of(d.image(), i -> i.columns())));
    columns.add(
        number(
            "ct_slice_increment_mm",
            "mm",
            "Median distance of neighbouring images",
            d -> of(d.image(), i -> i.incrementMm())));
    columns.add(ct("ct_manufacturer", "Manufacturer (0008,0070)", i -> i.scanner().manufacturer()));
    columns.add(ct("ct_model", "Model name (0008,1090)", i -> i.scanner().model()));
    columns.add(
        ct("ct_institution", "Institution name (0008,0080)", i -> i.scanner().institution()));
    columns.add(
        list(
            "ct_software_versions",
            "Software versions (0018,1020)",
            d -> d.ct(i -> i.scanner().software())));
    columns.add(
        ctNumber("ct_tube_voltage_kv", "kV", "KVP (0018,0060)", i -> i.exposure().tubeVoltageKv()));
    columns.add(
        ctNumber(
            "ct_tube_current_ma",
            "mA",
            "X-ray tube current (0018,1151)",
            i -> i.exposure().tubeCurrentMa()));
    columns.add(
        ctNumber(
            "ct_exposure_time_ms",
            "ms",
            "Exposure time (0018,1150)",
            i -> i.exposure().exposureTimeMs()));
    columns.add(
        ctNumber(
            "ct_exposure_mas", "mAs", "Exposure (0018,1152)", i -> i.exposure().exposureMas()));
    columns.add(
        ctNumber(
            "ct_pitch_factor",
            "",
            "Spiral pitch factor (0018,9311)",
            i -> i.exposure().pitchFactor()));
    columns.add(
        ctNumber(
            "ct_rotation_time_s",
            "s",
            "Revolution time (0018,9305)",
            i -> i.exposure().rotationTimeS()));
    columns.add(
        ct(
            "ct_patient_position",
            "Patient position (0018,5100)",
            i -> i.exposure().patientPosition()));
    columns.add(
        list(
            "ct_convolution_kernels",
            "Convolution kernels (0018,1210)",
            d -> d.ct(i -> i.reconstruction().kernels())));
    columns.add(
        ct(
            "ct_reconstruction_algorithm",
            "Reconstruction algorithm (0018,9315)",
            i -> i.reconstruction().algorithm()));
    columns.add(
        ctNumber(
            "ct_slice_thickness_mm",
            "mm",
            "Slice thickness (0018,0050)",
            i -> i.reconstruction().sliceThicknessMm()));
    columns.add(
        ctNumber(
            "ct_reconstruction_diameter_mm",
            "mm",
            "Reconstruction diameter (0018,1100)",
            i -> i.reconstruction().diameterMm()));
    columns.add(
        new Column<>(
            "ct_pixel_spacing_mm",
            Column.Type.DOUBLE_LIST,
            "mm",
            "Pixel spacing (0028,0030): between rows, then between columns",
            r -> told(r, d -> d.ct(i -> i.reconstruction().pixelSpacingMm()))));
    columns.add(ct("ct_contrast_agent", "Contrast agent (0018,0010)", i -> i.contrast().agent()));
    columns.add(ct("ct_contrast_route", "Contrast route (0018,1040)", i -> i.contrast().route()));
    columns.add(
        ctNumber(
            "ct_contrast_flow_ml_per_s",
            "ml/s",
            "Contrast flow rate (0018,1046)",
            i -> i.contrast().flowRateMlPerS()));
    columns.add(
        ctNumber(
            "ct_contrast_volume_ml",
            "ml",
            "Contrast volume (0018,1041)",
            i -> i.contrast().totalVolumeMl()));
  }

  private static void patient(List<Column<MetadataRow>> columns) {
    String unless = "; empty unless privacy.personal-data = keep";
    columns.add(text("patient_sex", "Sex (0010,0040)", d -> d.patient().sex()));
    columns.add(
        number("patient_age_years", "years", "Age on the day of the plan", d -> d.ageYears()));
    columns.add(
        number("patient_weight_kg", "kg", "Weight (0010,1030)", d -> d.patient().weightKg()));
    columns.add(number("patient_height_m", "m", "Height (0010,1020)", d -> d.patient().heightM()));
    columns.add(
        number(
            "patient_bmi_kg_per_m2",
            "kg/m2",
            "Weight over the square of height",
            d -> d.patient().bodyMassIndex()));
    columns.add(
        text("patient_name", "Name (0010,0010)" + unless, d -> d.patient().person().name()));
    columns.add(
        text(
            "patient_birth_date",
            "Birth date (0010,0030)" + unless,
            d -> d.patient().person().birthDate()));
    columns.add(
        list(
            "physicians_of_record",
            "Physicians of record (0008,1048)" + unless,
            d -> d.patient().staff().physiciansOfRecord()));
    columns.add(
        list(
            "referring_physicians",
            "Referring physician (0008,0090)" + unless,
            d -> d.patient().staff().referringPhysician()));
    columns.add(
        list(
            "performing_physicians",
            "Performing physician (0008,1050)" + unless,
            d -> d.patient().staff().performingPhysician()));
    columns.add(
        list("operators", "Operators (0008,1070)" + unless, d -> d.patient().staff().operators()));
  }

  private static void structures(List<Column<MetadataRow>> columns) {
    columns.add(
        text(
            "structure_set_uid",
            "Structure set of the plans that count, or the only one",
            d -> of(d.structures(), CaseStructures::uid)));
    columns.add(
        text(
            "structure_set_basis",
            "Why this structure set",
            d -> of(d.structures(), CaseStructures::basis)));
    columns.add(
        list("roi_names", "ROI names (3006,0026)", d -> of(d.structures(), s -> s.names())));
    columns.add(
        whole(
            "roi_count", "ROIs", d -> of(d.structures(), structures -> structures.names().size())));
    columns.add(
        whole(
            "ptv_count",
            "ROIs of type PTV, or without type and with the word PTV in their name",
            d -> of(d.structures(), s -> s.count(RoiKind.PTV))));
    columns.add(
        whole(
            "ctv_count",
            "ROIs of type CTV, or without type and with the word CTV in their name",
            d -> of(d.structures(), s -> s.count(RoiKind.CTV))));
    columns.add(
        whole(
            "oar_count",
            "ROIs of type ORGAN or AVOIDANCE, or without type and named neither target nor aid",
            d -> of(d.structures(), s -> s.count(RoiKind.ORGAN))));
  }

  /** With seconds, also when they are 0. */
  private static @Nullable String shown(@Nullable LocalTime time) {
    return time == null ? null : DateTimeFormatter.ISO_LOCAL_TIME.format(time);
  }

  private static @Nullable Object told(
      MetadataRow row, Function<CaseMetadata, @Nullable Object> value) {
    return of(row.data, value);
  }

  private static <T> @Nullable Object of(@Nullable T part, Function<T, @Nullable Object> fact) {
    return part == null ? null : fact.apply(part);
  }

  /** A fact of each plan that counts. */
  private static Column<MetadataRow> texts(
      String name, String meaning, Function<PlanDetail, @Nullable Object> fact) {
    return list(name, meaning, d -> d.plan().texts(fact));
  }

  private static Column<MetadataRow> ct(
      String name, String meaning, Function<ImageDetail, @Nullable Object> fact) {
    return text(name, meaning, d -> d.ct(fact));
  }

  private static Column<MetadataRow> ctNumber(
      String name, String unit, String meaning, Function<ImageDetail, @Nullable Object> fact) {
    return number(name, unit, meaning, d -> d.ct(fact));
  }

  private static Column<MetadataRow> text(
      String name, String meaning, Function<CaseMetadata, @Nullable Object> value) {
    return new Column<>(
        name,
        Column.Type.TEXT,
        "",
        meaning,
        row -> {
          Object cell = told(row, value);
          return cell == null ? null : Objects.toString(cell);
        });
  }

  private static Column<MetadataRow> list(
      String name, String meaning, Function<CaseMetadata, @Nullable Object> value) {
    return new Column<>(name, Column.Type.TEXT_LIST, "", meaning, r -> told(r, value));
  }

  private static Column<MetadataRow> whole(
      String name, String meaning, Function<CaseMetadata, @Nullable Object> value) {
    return new Column<>(name, Column.Type.INTEGER, "", meaning, r -> told(r, value));
  }

  private static Column<MetadataRow> number(
      String name, String unit, String meaning, Function<CaseMetadata, @Nullable Object> value) {
    return new Column<>(name, Column.Type.DOUBLE, unit, meaning, r -> told(r, value));
  }
}
