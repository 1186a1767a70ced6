package org.rtpipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rtpipeline.dvh.DvhConstraintRow;
import org.rtpipeline.dvh.DvhCurveRow;
import org.rtpipeline.dvh.DvhMetricRow;
import org.rtpipeline.dvh.DvhOptions;
import org.rtpipeline.dvh.DvhRow;
import org.rtpipeline.dvh.RoiDoseVolume;
import org.rtpipeline.dvh.RoiName;
import org.rtpipeline.metadata.BeamRow;
import org.rtpipeline.metadata.DeliveryRow;
import org.rtpipeline.metadata.MetadataRow;
import org.rtpipeline.metadata.pet.PetRow;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.TableSchema;
import org.rtpipeline.organize.CourseLinkRow;
import org.rtpipeline.organize.CourseRow;
import org.rtpipeline.organize.FindingRow;
import org.rtpipeline.organize.InstanceRow;
import org.rtpipeline.organize.OutcomeRow;
import org.rtpipeline.qc.BodyRegionRow;
import org.rtpipeline.qc.CropBoundsRow;
import org.rtpipeline.qc.CroppedStructureRow;
import org.rtpipeline.qc.QcRow;
import org.rtpipeline.store.StoredRow;
import org.rtpipeline.store.StoredTable.StoredColumn;
import org.rtpipeline.structures.DerivedStructureRow;
import org.rtpipeline.structures.StructureNameRow;

/** Holds what is read from tables against the schemas of the packages that write them. */
final class DvhMetricsTest {

  private static final ExportTable EXPORT = DvhMetrics.export();

  @Test
  void exportsReadColumnsThatTheTableHas() {
    assertThat(columns(DvhRow.SCHEMA)).containsAll(EXPORT.sources());
    assertThat(columns(DvhRow.SCHEMA)).containsAll(DvhMetrics.reasons().sources());
    assertThat(DvhMetrics.table()).isEqualTo(DvhRow.SCHEMA.name());
  }

  @Test
  void reportReadsColumnsThatTheTablesHave() {
    assertThat(columns(DvhRow.SCHEMA)).containsAll(CourseSections.DVH.columns());
    assertThat(columns(DvhCurveRow.SCHEMA)).containsAll(CourseSections.CURVES.columns());
    assertThat(columns(InstanceRow.SCHEMA)).containsAll(SummaryReading.FILE_USE.columns());
    assertThat(columns(CourseRow.SCHEMA)).containsAll(SummaryReading.OUTCOME.columns());
    assertThat(columns(FindingRow.SCHEMA)).containsAll(SummaryReading.FINDINGS.columns());
    assertThat(columns(OutcomeRow.SCHEMA)).containsAll(SummaryReading.STOPS.columns());
    assertThat(columns(DvhConstraintRow.SCHEMA)).containsAll(ConstraintVerdicts.COLUMNS.columns());
    assertThat(
            Stream.of(
                BeamRow.SCHEMA,
                BodyRegionRow.SCHEMA,
                CourseLinkRow.SCHEMA,
                CourseRow.SCHEMA,
                CropBoundsRow.SCHEMA,
                CroppedStructureRow.SCHEMA,
                DeliveryRow.SCHEMA,
                DerivedStructureRow.SCHEMA,
                DvhConstraintRow.SCHEMA,
                DvhMetricRow.SCHEMA,
                FindingRow.SCHEMA,
                OutcomeRow.SCHEMA,
                PetRow.SCHEMA,
                QcRow.SCHEMA,
                StructureNameRow.SCHEMA))
        .extracting(TableSchema::name)
        .containsExactlyElementsOf(Exports.PLAIN.stream().sorted().toList());
  }

  @Test
  void exportsOfMetadataReadColumnsThatTheTablesHave() {
    assertThat(CaseMetadataExport.TABLE).isEqualTo(MetadataRow.SCHEMA.name());
    assertThat(columns(MetadataRow.SCHEMA)).containsAll(CaseMetadataExport.export().sources());
    assertThat(ObjectExports.TABLE).isEqualTo(InstanceRow.SCHEMA.name());
    for (ExportTable table :
        List.of(
            ObjectExports.plans(),
            ObjectExports.structureSets(),
            ObjectExports.dosimetrics(),
            ObjectExports.images())) {
      assertThat(columns(InstanceRow.SCHEMA)).as(table.file()).containsAll(table.sources());
    }
  }

  @Test
  void caseMetadataBeginsWithTheOldColumns() {
    List<String> names =
        CaseMetadataExport.export().columns().stream().map(ExportColumn::name).toList();
    assertThat(names)
        .doesNotHaveDuplicates()
        .startsWith(
            ("patient_id,course_key,course_id,rp_path,rd_path,rs_path,rs_auto_path,seg_dicom_path,"
                    + "seg_dir,segmentation_original_dir,segmentation_totalseg_manifests,ct_dir,"
                    + "primary_nifti,dicom_related_files,dicom_related_count,nifti_files,"
                    + "fractions_file,segmentation_original_manifest,plan_sop_uid,dose_sop_uid,"
                    + "source_plan_uids,source_dose_uids,ct_study_uid,planned_fractions,"
                    + "beams_count,beam_energies,treatment_machine,total_prescription_gy,plan_name,"
                    + "plan_date,plan_time,plan_intent,approval,approval_status_date,"
                    + "approval_status_time,review_date,review_time,reviewer_name,prescriptions,"
                    + "prescriptions_by_roi,beam_geometry,beam_info,total_meterset,"
                    + "meterset_by_beam,technique_inferred,course_start_date,course_end_date,"
                    + "fractions_count,dose_grid,dose_units,dose_type,ct_manufacturer,ct_model,"
                    + "ct_institution,ct_kvp,ct_convolution_kernel,ct_reconstruction_algorithm,"
                    + "ct_slice_thickness,ct_slice_increment,ct_tube_current_mA,ct_pitch_factor,"
                    + "ct_rotation_time_s,ct_matrix_size,ct_field_of_view_mm,ct_pixel_spacing,"
                    + "ct_contrast_agent,ct_contrast_flow_rate,ct_contrast_total_volume,"
                    + "ct_contrast_phase,patient_name,patient_sex,patient_birth_date,"
                    + "patient_weight_kg,patient_height_m,patient_bmi,patient_age_at_plan,"
                    + "physicians_of_record,referring_physician,performing_physician,"
                    + "operators_name,structures,roi_count,ptv_count,ctv_count,oar_count")
                .split(",", -1));
  }

  @Test
  void everyWayToChooseADoseHasItsOldWord() {
    List<String> names = EXPORT.columns().stream().map(ExportColumn::name).toList();
    ExportColumn resolution = EXPORT.columns().get(names.indexOf("dose_resolution"));
    int rule = EXPORT.sources().indexOf(new StoredColumn("dose_rule", Column.Type.TEXT));
    for (DoseDecision.Rule word : DoseDecision.Rule.values()) {
      Object[] cells = new Object[EXPORT.sources().size()];
      cells[rule] = word.name();
      assertThat(resolution.cell().of(new StoredRow(cells))).isEqualTo(word.pythonClass());
    }
  }

  @Test
  void eachOfThe146MeasuresIsFedByAComputedRegion() {
    StoredRow row = exported(50.0);
    List<ExportColumn> measures = EXPORT.columns().subList(2, 148);
    assertThat(measures).hasSize(146);
    for (int i = 0; i < measures.size(); i++) {
      assertThat(row.cell(2 + i)).as(measures.get(i).name()).isInstanceOf(Double.class);
    }
  }

  @Test
  void withoutAPrescriptionOnlyWhatRestsOnItIsEmpty() {
    StoredRow row = exported(null);
    List<String> empty =
        Stream.iterate(2, i -> i < 148, i -> i + 1)
            .filter(i -> row.cell(i) == null)
            .map(i -> EXPORT.columns().get(i).name())
            .toList();
    assertThat(empty)
        .containsExactly(
            "Dmean%",
            "Dmax%",
            "Dmin%",
            "D95%",
            "D98%",
            "D2%",
            "D50%",
            "HI%",
            "Spread%",
            "V95%Rx (cm³)",
            "V95%Rx (%)",
            "V100%Rx (cm³)",
            "V100%Rx (%)");
  }

  @Test
  void eachMeasureHoldsTheNumberItsNameSays() {
    RoiDoseVolume volume = DvhRows.volume();
    StoredRow row = exported(50.0);
    is(row, "Volume (cm³)", volume.volumeCm3());
    is(row, "DmeanGy", volume.meanGy().orElseThrow());
    is(row, "DmaxGy", volume.maxGy().orElseThrow());
    is(row, "DminGy", volume.minGy().orElseThrow());
    is(row, "SpreadGy", volume.spreadGy().orElseThrow());
    is(row, "HI", volume.homogeneityIndex().orElseThrow());
    is(row, "HI%", volume.homogeneityIndex().orElseThrow());
    is(row, "Spread%", volume.spreadGy().orElseThrow() * 2);
    is(row, "IntegralDose_Gycm3", volume.integralDoseGyCm3().orElseThrow());
    is(row, "D1ccGy", volume.doseAtVolumeCm3(1).orElseThrow());
    is(row, "D0.1ccGy", volume.doseAtVolumeCm3(0.1).orElseThrow());
    for (int percent : new int[] {95, 98, 2, 50}) {
      double gy = volume.doseAtVolumePct(percent).orElseThrow();
      is(row, "D" + percent + "Gy", gy);
      is(row, "D" + percent + "%", gy * 2);
    }
    for (int percent : new int[] {95, 100}) {
      is(row, "V" + percent + "%Rx (cm³)", volume.volumeAtDoseCm3(percent / 2.0).orElseThrow());
      is(row, "V" + percent + "%Rx (%)", volume.volumeAtDosePct(percent / 2.0).orElseThrow());
    }
    for (int gy = 1; gy <= 60; gy++) {
      is(row, "V" + gy + "Gy (cm³)", volume.volumeAtDoseCm3(gy).orElseThrow());
      is(row, "V" + gy + "Gy (%)", volume.volumeAtDosePct(gy).orElseThrow());
    }
  }

  @Test
  void everyWordOfAnAssumptionHasASentence() {
    for (DvhOptions.EndCaps word : DvhOptions.EndCaps.values()) {
      assertThat(Assumption.withWord("end_caps", word.name())).contains("(" + word + ")");
    }
    for (DvhOptions.BetweenPlanes word : DvhOptions.BetweenPlanes.values()) {
      assertThat(Assumption.withWord("between_planes", word.name())).contains("(" + word + ")");
    }
    for (DoseDecision.Rule word : DoseDecision.Rule.values()) {
      assertThat(Assumption.withWord("dose_rule", word.name())).contains("(" + word + ")");
    }
    assertThat(Assumption.withWord("dose_rule", "NEW")).isEqualTo("NEW");
  }

  private static void is(StoredRow row, String name, double expected) {
    List<String> names = EXPORT.columns().stream().map(ExportColumn::name).toList();
    assertThat((Double) row.cell(names.indexOf(name)))
        .as(name)
        .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
  }

  private static StoredRow exported(@Nullable Double rxGy) {
    DvhRow row =
        DvhRow.of(
            DvhRows.head("c1", "P1", Outcome.Kind.DONE, List.of()),
            new RoiName(1, "PTV", "PTV", false),
            DvhRows.source(rxGy),
            DvhRows.volume());
    Map<String, Column<DvhRow>> byName =
        DvhRow.SCHEMA.columns().stream().collect(Collectors.toMap(Column::name, c -> c));
    Object[] cells =
        EXPORT.sources().stream()
            .map(source -> byName.get(source.name()).value().apply(row))
            .toArray();
    return EXPORT.exported(new StoredRow(cells));
  }

  private static List<StoredColumn> columns(TableSchema<?> schema) {
    return schema.columns().stream().map(c -> new StoredColumn(c.name(), c.type())).toList();
  }
}
