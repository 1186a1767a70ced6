package org.rtpipeline.report;

import java.util.List;

/**
 * What an export left behind.
 *
 * @param files full paths, in order of name
 * @param notices sentences for the person who runs it: sheets split, cells cut
 */
public record ExportSummary(List<String> files, List<String> notices) {
  /** Copies the lists. */
  public ExportSummary {
    files = List.copyOf(files);
    notices = List.copyOf(notices);
  }
}
