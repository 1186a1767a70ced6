package org.rtpipeline.report;

import java.io.Serializable;
import java.util.List;

/**
 * How the curve of one region is drawn, told apart by colour and, after ten, by dashes.
 *
 * @param colour CSS colour
 * @param dashes lengths of dashes and gaps in pixels; blank for a full line
 */
record LineStyle(String colour, String dashes) implements Serializable {

  private static final List<String> COLOURS =
      List.of(
          "#1f5fa8", "#d1495b", "#2e8b57", "#c77800", "#7b4fa3", "#0f8b8d", "#8c5a3c", "#d267a5",
          "#5c6b73", "#8a9a1b");
  private static final List<String> DASHES = List.of("", "7 4", "2 3", "9 3 2 3");

  /** The style of the nth curve of a chart. */
  static LineStyle of(int index) {
    return new LineStyle(
        COLOURS.get(index % COLOURS.size()), DASHES.get(index / COLOURS.size() % DASHES.size()));
  }
}
