package org.rtpipeline.report;

import java.util.EnumSet;
import java.util.Set;

/**
 * What is written into the results folder.
 *
 * @param formats formats of each exported table, and whether the report page is written
 * @param sheetRows most rows of one xlsx sheet, header included; 2 to 1,048,576
 * @param reportCourses most courses whose curves the report page draws; 0 or more
 */
public record ExportOptions(Set<Format> formats, int sheetRows, int reportCourses) {

  /** Rows that a sheet can hold, header included. */
  public static final int LARGEST_SHEET = 1_048_576;

  /** A format of what is written. */
  public enum Format {
    CSV,
    XLSX,
    PARQUET,
    /** The report page, one for all tables. */
    HTML
  }

  /** Copies the set and refuses limits that no sheet can hold. */
  public ExportOptions {
    formats = Set.copyOf(formats);
    if (sheetRows < 2 || sheetRows > LARGEST_SHEET) {
      throw new IllegalArgumentException(
          "rows of a sheet must be 2 to " + LARGEST_SHEET + ", not " + sheetRows);
    }
    if (reportCourses < 0) {
      throw new IllegalArgumentException(
          "courses in the report must be 0 or more, not " + reportCourses);
    }
  }

  /** All formats, full sheets, curves of the first 50 courses. */
  public static ExportOptions standard() {
    return new ExportOptions(EnumSet.allOf(Format.class), LARGEST_SHEET, 50);
  }
}
