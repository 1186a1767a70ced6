package org.rtpipeline.spark;

import java.util.List;
import java.util.Set;
import org.rtpipeline.dvh.DvhConstraintRow;
import org.rtpipeline.dvh.DvhCurveRow;
import org.rtpipeline.dvh.DvhMetricRow;
import org.rtpipeline.dvh.DvhRow;
import org.rtpipeline.metadata.BeamRow;
import org.rtpipeline.metadata.DeliveryRow;
import org.rtpipeline.metadata.FractionRow;
import org.rtpipeline.metadata.MetadataRow;
import org.rtpipeline.metadata.pet.PetRow;
import org.rtpipeline.model.TableRecord;
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
import org.rtpipeline.qc.QcSummaryRow;
import org.rtpipeline.radiomics.RadiomicsDiagnosticsRow;
import org.rtpipeline.radiomics.RadiomicsRow;
import org.rtpipeline.segmentation.SegmentationRow;
import org.rtpipeline.structures.DerivedStructureRow;
import org.rtpipeline.structures.StructureNameRow;

/** The tables that a run writes side by side; its row in {@code runs} comes after them. */
final class ResultTables {

  /** Every table but {@code runs}. */
  static final List<TableSchema<?>> ALL =
      List.of(
          InstanceRow.SCHEMA,
          CourseRow.SCHEMA,
          CourseLinkRow.SCHEMA,
          FindingRow.SCHEMA,
          OutcomeRow.SCHEMA,
          SegmentationRow.SCHEMA,
          MetadataRow.SCHEMA,
          BeamRow.SCHEMA,
          FractionRow.SCHEMA,
          DeliveryRow.SCHEMA,
          PetRow.SCHEMA,
          QcRow.SCHEMA,
          QcSummaryRow.SCHEMA,
          StructureNameRow.SCHEMA,
          BodyRegionRow.SCHEMA,
          CropBoundsRow.SCHEMA,
          CroppedStructureRow.SCHEMA,
          DerivedStructureRow.SCHEMA,
          DvhRow.SCHEMA,
          DvhCurveRow.SCHEMA,
          DvhMetricRow.SCHEMA,
          DvhConstraintRow.SCHEMA,
          RadiomicsRow.SCHEMA,
          RadiomicsDiagnosticsRow.SCHEMA);

  /** Those that have rows of files and courses as such, besides rows of stages. */
  static final Set<TableSchema<?>> OF_INPUT =
      Set.of(InstanceRow.SCHEMA, CourseRow.SCHEMA, CourseLinkRow.SCHEMA, FindingRow.SCHEMA);

  private ResultTables() {}

  /** The row of a file or a course; stops a run that would lose it. */
  static TableRecord ofInput(TableRecord row) {
    if (!OF_INPUT.contains(row.schema())) {
      throw new IllegalStateException("no rows of files or courses go to " + row.schema().name());
    }
    return row;
  }
}
