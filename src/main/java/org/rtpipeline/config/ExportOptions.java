package org.rtpipeline.config;

import java.io.Serializable;
import java.util.List;

/**
 * The copies of the tables that people open.
 *
 * @param formats in a fixed order, each once; empty for no copies
 */
public record ExportOptions(List<Format> formats) implements Serializable {

  /** A kind of file under {@code _RESULTS}. */
  public enum Format {
    /** Comma separated text, UTF-8. */
    CSV,
    /** A workbook. */
    XLSX,
    /** Columns for programs. */
    PARQUET,
    /** The report page. */
    HTML
  }

  /** Puts the formats in order, each once. */
  public ExportOptions {
    formats = formats.stream().sorted().distinct().toList();
  }
}
