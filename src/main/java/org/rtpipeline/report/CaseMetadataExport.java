package org.rtpipeline.report;

import org.rtpipeline.model.Column;

/**
 * The export {@code case_metadata}: the table {@code metadata} under the names that users of the
 * Python rtpipeline know, then what that had not. Nested values are JSON. Nothing is copied, so the
 * paths of copies are empty.
 */
final class CaseMetadataExport {

  static final String TABLE = "metadata";

  private static final String FILE = "case_metadata";

  private CaseMetadataExport() {}

  static ExportTable export() {
    CopiedColumns columns = new CopiedColumns("patient_id", "course_label", "course_key");
    identity(columns);
    plan(columns);
    doseAndImage(columns);
    people(columns);
    columns
        .joined("structures", "roi_names", Column.Type.TEXT_LIST, ", ")
        .whole("roi_count", "roi_count")
        .whole("ptv_count", "ptv_count")
        .whole("ctv_count", "ctv_count")
        .whole("oar_count", "oar_count");
    more(columns);
    return columns.table(FILE);
  }

  private static void identity(CopiedColumns columns) {
    columns
        .text("patient_id", "patient_id")
        .text("course_key", "course_key")
        .text("course_id", "course_label")
        .empty("rp_path", "rd_path", "rs_path", "rs_auto_path", "seg_dicom_path", "seg_dir")
        .empty("segmentation_original_dir", "segmentation_totalseg_manifests", "ct_dir")
        .empty("primary_nifti", "dicom_related_files")
        .whole("dicom_related_count", "dicom_objects")
        .empty("nifti_files", "fractions_file", "segmentation_original_manifest")
        .joined("plan_sop_uid", "plan_uids")
        .joined("dose_sop_uid", "dose_uids")
        .joined("source_plan_uids", "dose_plan_uids")
        .joined("source_dose_uids", "dose_uids")
        .text("ct_study_uid", "ct_study_uid");
  }

  private static void plan(CopiedColumns columns) {
    columns
        .whole("planned_fractions", "fractions_planned")
        .whole("beams_count", "treatment_beams")
        .joined("beam_energies", "energies_mv", Column.Type.DOUBLE_LIST, ";")
        .joined("treatment_machine", "treatment_machines")
        .number("total_prescription_gy", "prescription_gy")
        .joined("plan_name", "plan_labels")
        .joined("plan_date", "plan_dates")
        .joined("plan_time", "plan_times")
        .joined("plan_intent", "plan_intents")
        .joined("approval", "approval_statuses")
        .empty("approval_status_date", "approval_status_time")
        .joined("review_date", "review_dates")
        .joined("review_time", "review_times")
        .joined("reviewer_name", "reviewers")
        .text("prescriptions", "prescriptions_json")
        .text("prescriptions_by_roi", "prescriptions_by_roi_json")
        .text("beam_geometry", "beam_geometry_json")
        .text("beam_info", "beams_json")
        .number("total_meterset", "meterset_mu")
        .text("meterset_by_beam", "metersets_json")
        .text("technique_inferred", "technique")
        .text("course_start_date", "start_date")
        .text("course_end_date", "end_date")
        .whole("fractions_count", "fractions_delivered");
  }

  private static void doseAndImage(CopiedColumns columns) {
    columns
        .text("dose_grid", "dose_grid_json")
        .joined("dose_units", "dose_units")
        .joined("dose_type", "dose_types")
        .text("ct_manufacturer", "ct_manufacturer")
        .text("ct_model", "ct_model")
        .text("ct_institution", "ct_institution")
        .number("ct_kvp", "ct_tube_voltage_kv")
        .joined("ct_convolution_kernel", "ct_convolution_kernels")
        .text("ct_reconstruction_algorithm", "ct_reconstruction_algorithm")
        .number("ct_slice_thickness", "ct_slice_thickness_mm")
        .number("ct_slice_increment", "ct_slice_increment_mm")
        .number("ct_tube_current_mA", "ct_tube_current_ma")
        .number("ct_pitch_factor", "ct_pitch_factor")
        .number("ct_rotation_time_s", "ct_rotation_time_s")
        .product("ct_matrix_size", "ct_rows", "ct_columns")
        .number("ct_field_of_view_mm", "ct_reconstruction_diameter_mm")
        .joined("ct_pixel_spacing", "ct_pixel_spacing_mm", Column.Type.DOUBLE_LIST, ";")
        .text("ct_contrast_agent", "ct_contrast_agent")
        .number("ct_contrast_flow_rate", "ct_contrast_flow_ml_per_s")
        .number("ct_contrast_total_volume", "ct_contrast_volume_ml")
        .text("ct_contrast_phase", "ct_contrast_route");
  }

  private static void people(CopiedColumns columns) {
    columns
        .text("patient_name", "patient_name")
        .text("patient_sex", "patient_sex")
        .text("patient_birth_date", "patient_birth_date")
        .number("patient_weight_kg", "patient_weight_kg")
        .number("patient_height_m", "patient_height_m")
        .number("patient_bmi", "patient_bmi_kg_per_m2")
        .number("patient_age_at_plan", "patient_age_years")
        .joined("physicians_of_record", "physicians_of_record")
        .joined("referring_physician", "referring_physicians")
        .joined("performing_physician", "performing_physicians")
        .joined("operators_name", "operators");
  }

  /** What the Python rtpipeline had not. */
  private static void more(CopiedColumns columns) {
    columns
        .text("plan_basis", "plan_basis")
        .text("technique_basis", "technique_basis")
        .number("meterset_mu_per_gy", "meterset_mu_per_gy")
        .number("modulation_complexity", "modulation_complexity")
        .text("modulation_complexity_reason", "modulation_complexity_reason")
        .text("structure_set_uid", "structure_set_uid")
        .text("ct_series_uid", "ct_series_uid")
        .joined("ct_software_versions", "ct_software_versions")
        .number("ct_exposure_time_ms", "ct_exposure_time_ms")
        .number("ct_exposure_mas", "ct_exposure_mas")
        .text("ct_patient_position", "ct_patient_position")
        .joined("findings", "findings")
        .text("outcome", "outcome")
        .text("reason", "reason");
  }
}
