package org.rtpipeline.store;

import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A Parquet file of a table, as it travels between driver and tasks.
 *
 * @param path full path
 * @param sizeBytes length
 * @param modifiedMs time of the last change, milliseconds since 1970
 * @param statisticsJson rows and range of course keys; null when unknown
 */
record DataFile(String path, long sizeBytes, long modifiedMs, @Nullable String statisticsJson)
    implements Serializable {

  static DataFile written(DataFileStatus file, StructType schema) {
    return new DataFile(
        file.getPath(),
        file.getSize(),
        file.getModificationTime(),
        file.getStatistics().map(statistics -> statistics.serializeAsJson(schema)).orElse(null));
  }

  DataFileStatus status(StructType schema) {
    return new DataFileStatus(
        path,
        sizeBytes,
        modifiedMs,
        DataFileStatistics.deserializeFromJson(statisticsJson, schema));
  }

  FileStatus fileStatus() {
    return FileStatus.of(path, sizeBytes, modifiedMs);
  }
}
