package org.rtpipeline.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.rtpipeline.store.StoredRow;

/** An xlsx file, streamed: text is always a text cell, and a full sheet is followed by another. */
final class XlsxFile implements RowSink {

  /** Excel's limit for the text of one cell. */
  static final int LARGEST_TEXT = 32_767;

  private static final int FLUSH_EVERY = 1000;

  private final OutputStream out;
  private final Workbook workbook;
  private final List<ExportColumn> columns;
  private final int sheetRows;
  private Worksheet sheet;
  private int sheets;
  private int nextRow;
  private int cutCells;

  XlsxFile(OutputStream out, List<ExportColumn> columns, int sheetRows) {
    this.out = out;
    this.workbook = new Workbook(out, "rtpipeline", null);
    this.columns = columns;
    this.sheetRows = sheetRows;
    this.sheet = newSheet();
  }

  private Worksheet newSheet() {
    sheets++;
    Worksheet fresh = workbook.newWorksheet("Sheet" + sheets);
    for (int i = 0; i < columns.size(); i++) {
      fresh.value(0, i, columns.get(i).name());
    }
    fresh.freezePane(0, 1);
    nextRow = 1;
    return fresh;
  }

  @Override
  public void add(StoredRow row) throws IOException {
    if (nextRow == sheetRows) {
      sheet.close();
      sheet = newSheet();
    }
    for (int i = 0; i < row.width(); i++) {
      Object cell = row.cell(i);
      if (cell instanceof Number number) {
        sheet.value(nextRow, i, number);
      } else if (cell instanceof Boolean truth) {
        sheet.value(nextRow, i, truth);
      } else if (cell != null) {
        sheet.value(nextRow, i, fitting(CellText.plain(cell)));
      }
    }
    nextRow++;
    if (nextRow % FLUSH_EVERY == 0) {
      sheet.flush();
    }
  }

  private String fitting(String text) {
    if (text.length() <= LARGEST_TEXT) {
      return text;
    }
    cutCells++;
    return text.substring(0, LARGEST_TEXT - 1) + "…";
  }

  @Override
  public List<String> notices() {
    List<String> notices = new ArrayList<>();
    if (sheets > 1) {
      notices.add("a sheet holds " + sheetRows + " rows, so the table goes on over " + sheets);
    }
    if (cutCells > 0) {
      notices.add(cutCells + " cells hold the first " + LARGEST_TEXT + " characters of their text");
    }
    return notices;
  }

  @Override
  public void close() throws IOException {
    sheet.close();
    workbook.close();
    out.close();
  }
}
