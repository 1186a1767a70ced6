package org.rtpipeline.spark;

import java.util.List;
import org.rtpipeline.dvh.DvhConstraintRow;
import org.rtpipeline.dvh.DvhCurveRow;
import org.rtpipeline.dvh.DvhMetricRow;
import org.rtpipeline.dvh.DvhRow;
import org.rtpipeline.metadata.BeamRow;
import org.rtpipeline.metadata.DeliveryRow;
import org.rtpipeline.metadata.FractionRow;
import org.rtpipeline.metadata.MetadataRow;
import org.rtpipeline.model.TableSchema;
import org.rtpipeline.organize.CourseLinkRow;
import org.rtpipeline.organize.CourseRow;
import org.rtpipeline.organize.FindingRow;
import org.rtpipeline.organize.InstanceRow;
import org.rtpipeline.organize.OutcomeRow;
import org.rtpipeline.qc.BodyRegionRow;
import org.rtpipeline.qc.CropBoundsRow;
import org.rtpipeline.qc.QcRow;
import org.rtpipeline.qc.QcSummaryRow;
import org.rtpipeline.radiomics.RadiomicsDiagnosticsRow;
import org.rtpipeline.radiomics.RadiomicsRow;
import org.rtpipeline.segmentation.SegmentationRow;
import org.rtpipeline.structures.DerivedStructureRow;

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
          QcRow.SCHEMA,
          QcSummaryRow.SCHEMA,
          BodyRegionRow.SCHEMA,
          CropBoundsRow.SCHEMA,
          DerivedStructureRow.SCHEMA,
          DvhRow.SCHEMA,
          DvhCurveRow.SCHEMA,
          DvhMetricRow.SCHEMA,
          DvhConstraintRow.SCHEMA,
          RadiomicsRow.SCHEMA,
          RadiomicsDiagnosticsRow.SCHEMA);

  private ResultTables() {}
}
