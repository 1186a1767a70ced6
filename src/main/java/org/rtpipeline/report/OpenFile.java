package org.rtpipeline.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.rtpipeline.report.ExportOptions.Format;
import org.rtpipeline.store.StoredRow;

/**
 * A csv or xlsx file that is being written.
 *
 * @param path where
 * @param ending ending of its name
 * @param sink what takes its rows
 */
record OpenFile(Path path, String ending, RowSink sink) {

  static OpenFile of(
      Format format, ExportTable table, int sheetRows, Path folder, Configuration hadoop)
      throws IOException {
    String ending = format.name().toLowerCase(Locale.ROOT);
    Path path = new Path(folder, table.file() + "." + ending);
    OutputStream out = path.getFileSystem(hadoop).create(path, true);
    return new OpenFile(
        path,
        ending,
        format == Format.CSV
            ? new CsvFile(out, table.columns())
            : new XlsxFile(out, table.columns(), sheetRows));
  }

  void add(StoredRow row) {
    try {
      sink.add(row);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be written", e);
    }
  }

  ExportFiles.Written finished(String file) throws IOException {
    sink.close();
    String name = file + "." + ending;
    List<String> notices = sink.notices().stream().map(notice -> name + ": " + notice).toList();
    return new ExportFiles.Written(path.toString(), name, notices);
  }
}
