package org.rtpipeline.report;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.report.ExportOptions.Format;
import org.rtpipeline.store.ParquetCopy;
import org.rtpipeline.store.StoredRow;

/**
 * Writes the sorted rows of the exports of a partition, one export after the other, each in all
 * formats at once and in one pass.
 */
final class ExportFiles
    implements Function2<Integer, Iterator<ExportRow>, Iterator<ExportFiles.Written>> {

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

  private final List<ExportTable> tables;
  private final int partitions;
  private final Set<Format> formats;
  private final int sheetRows;
  private final String folder;
  private final Broadcast<SerializableConfiguration> hadoop;

  /**
   * A writer of exports.
   *
   * @param tables all exports of the run
   * @param partitions partition p has the exports p, p + partitions, and so on
   */
  ExportFiles(
      List<ExportTable> tables,
      int partitions,
      ExportOptions options,
      String folder,
      Broadcast<SerializableConfiguration> hadoop) {
    this.tables = new ArrayList<>(tables);
    this.partitions = partitions;
    this.formats = options.formats();
    this.sheetRows = options.sheetRows();
    this.folder = folder;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Written> call(Integer partition, Iterator<ExportRow> rows) throws IOException {
    Turns turns = new Turns(rows);
    List<Written> written = new ArrayList<>();
    for (int export = partition; export < tables.size(); export += partitions) {
      turns.export = export;
      written.addAll(written(tables.get(export), turns));
    }
    return written.iterator();
  }

  private List<Written> written(ExportTable table, Iterator<StoredRow> rows) throws IOException {
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
    return written;
  }

  /** The rows of one export at a time. */
  private static final class Turns implements Iterator<StoredRow> {
    private final Iterator<ExportRow> rows;
    private @Nullable ExportRow ahead;
    private int export;

    Turns(Iterator<ExportRow> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      if (ahead == null && rows.hasNext()) {
        ahead = rows.next();
      }
      return ahead != null && ahead.export() == export;
    }

    @Override
    public StoredRow next() {
      boolean more = hasNext();
      ExportRow row = ahead;
      if (!more || row == null) {
        throw new NoSuchElementException("no row of this export is left");
      }
      ahead = null;
      return row.row();
    }
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
