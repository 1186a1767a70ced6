package org.rtpipeline.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.rtpipeline.dvh.DvhRow;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.qc.VolumeOutliers;
import org.rtpipeline.qc.VolumeOutliers.RegionVolume;
import scala.Tuple2;

/** Checks of courses beside one another, made from the rows of a run. */
final class CohortChecks {

  private CohortChecks() {}

  /**
   * Rows of the regions whose volume is unlike that of others of their standard name, else of their
   * name, and source.
   */
  static JavaRDD<TableRecord> volumes(JavaRDD<StageResult<StageRows>> results, int partitions) {
    return results
        .flatMapToPair(CohortChecks::regions)
        .groupByKey(partitions)
        .values()
        .flatMap(CohortChecks::outliers);
  }

  private static Iterator<Tuple2<String, RegionVolume>> regions(StageResult<StageRows> result) {
    List<TableRecord> rows =
        result
            .outcome()
            .fold(
                done -> List.copyOf(done.value().rows()),
                skipped -> List.<TableRecord>of(),
                failed -> List.<TableRecord>of());
    return rows.stream()
        .filter(DvhRow.class::isInstance)
        .map(DvhRow.class::cast)
        .flatMap(CohortChecks::region)
        .iterator();
  }

  private static Stream<Tuple2<String, RegionVolume>> region(DvhRow row) {
    OptionalDouble volumeCm3 = row.measures().value("volume_cm3");
    return volumeCm3.isEmpty()
        ? Stream.empty()
        : Stream.of(
            new Tuple2<>(
                row.roi().comparedName().toLowerCase(Locale.ROOT)
                    + "\n"
                    + row.source().structures().segmentationSource(),
                new RegionVolume(
                    row.head(),
                    row.source().structures().uid() + "#" + row.roi().number(),
                    row.roi().comparedName(),
                    volumeCm3.getAsDouble())));
  }

  private static Iterator<TableRecord> outliers(Iterable<RegionVolume> same) {
    List<RegionVolume> regions = new ArrayList<>();
    same.forEach(regions::add);
    return List.<TableRecord>copyOf(VolumeOutliers.of(regions)).iterator();
  }
}
