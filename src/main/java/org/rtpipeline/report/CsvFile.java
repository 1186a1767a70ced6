package org.rtpipeline.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.rtpipeline.store.StoredRow;

/** A csv file as RFC 4180 has it: UTF-8, comma, CRLF. */
final class CsvFile implements RowSink {

  private final CsvWriter writer;

  CsvFile(OutputStream out, List<ExportColumn> columns) {
    writer =
        CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out, StandardCharsets.UTF_8);
    writer.writeRecord(columns.stream().map(ExportColumn::name).toList());
  }

  @Override
  public void add(StoredRow row) {
    List<String> cells = new ArrayList<>(row.width());
    for (int i = 0; i < row.width(); i++) {
      cells.add(CellText.csv(row.cell(i)));
    }
    writer.writeRecord(cells);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
