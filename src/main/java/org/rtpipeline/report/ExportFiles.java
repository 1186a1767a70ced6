package org.rtpipeline.report;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.report.ExportOptions.Format;
import org.rtpipeline.store.ParquetCopy;
import org.rtpipeline.store.StoredRow;

/** Writes the sorted rows of one table in all formats at once, in one task and one pass. */
final class ExportFiles implements FlatMapFunction<Iterator<StoredRow>, ExportFiles.Written> {

  private static final long serialVersionUID = 1L;

  /**
   * A finished file that does not have its name yet.
   *
   * @param path where it lies
   * @param name the name it is to have
   * @param notices sentences for the person who runs it
   */
  record Written(String path, String name, List<String> notices) implements Serializable {
    Written {
      notices = List.copyOf(notices);
    }
  }

  private final ExportTable table;
  private final Set<Format> formats;
  private final int sheetRows;
  private final String folder;
  private final Broadcast<SerializableConfiguration> hadoop;

  ExportFiles(
      ExportTable table,
      ExportOptions options,
      String folder,
      Broadcast<SerializableConfiguration> hadoop) {
    this.table = table;
    this.formats = options.formats();
    this.sheetRows = options.sheetRows();
    this.folder = folder;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Written> call(Iterator<StoredRow> rows) throws IOException {
    Configuration configuration = hadoop.value().value();
    List<Written> written = new ArrayList<>();
    Path attempt = new Path(folder, table.file() + "-" + UUID.randomUUID());
    List<OpenFile> open = new ArrayList<>();
    for (Format format : List.of(Format.CSV, Format.XLSX)) {
      if (formats.contains(format)) {
        open.add(OpenFile.of(format, table, sheetRows, attempt, configuration));
      }
    }
    Iterator<StoredRow> passed = new Passed(rows, table, open);
    if (formats.contains(Format.PARQUET)) {
      ParquetCopy.write(
              configuration,
              attempt.toString(),
              table.columns().stream().map(ExportColumn::stored).toList(),
              passed)
          .ifPresent(path -> written.add(new Written(path, table.file() + ".parquet", List.of())));
    }
    while (passed.hasNext()) {
      passed.next();
    }
    for (OpenFile file : open) {
      written.add(file.finished(table.file()));
    }
    return written.iterator();
  }

  /** The exported rows; each one that is taken has also gone to the open files. */
  private record Passed(Iterator<StoredRow> rows, ExportTable table, List<OpenFile> open)
      implements Iterator<StoredRow> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public StoredRow next() {
      StoredRow row = table.exported(rows.next());
      for (OpenFile file : open) {
        file.add(row);
      }
      return row;
    }
  }
}
