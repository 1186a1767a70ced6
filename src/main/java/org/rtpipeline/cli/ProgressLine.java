package org.rtpipeline.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints how far a run is: one line drawn again and again on a terminal, one plain line at a steady
 * pace elsewhere.
 */
public final class ProgressLine {
  /** Where the lines go. */
  public enum Display {
    /** A terminal: the line is drawn again. */
    TERMINAL,
    /** A file or a pipe: every line stays. */
    PLAIN
  }

  private static final Duration REDRAW = Duration.ofMillis(200);
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final Display display;
  private final Duration pace;
  private final InstantSource clock;
  private @Nullable Instant start;
  private Instant shown;
  private int width;

  /**
   * Prints nothing yet.
   *
   * @param out where lines go
   * @param display how they are drawn
   * @param pace time between two plain lines
   * @param clock tells the time
   */
  public ProgressLine(PrintWriter out, Display display, Duration pace, InstantSource clock) {
    this.out = out;
    this.display = display;
    this.pace = display == Display.TERMINAL ? REDRAW : pace;
    this.clock = clock;
    this.shown = clock.instant();
  }

  /**
   * Takes news; prints when it is time to. The rate counts from the first news.
   *
   * @param stage what is going on, a word
   * @param done units of work with a result
   * @param failed units that broke
   * @param left units still to do
   */
  public synchronized void show(String stage, int done, int failed, int left) {
    Instant now = clock.instant();
    if (start == null) {
      start = now;
    }
    if (Duration.between(shown, now).compareTo(pace) < 0) {
      return;
    }
    shown = now;
    String line = line(stage, done, failed, left, Duration.between(start, now));
    if (display == Display.PLAIN) {
      out.println(line);
    } else {
      out.print(CLEAR + line);
      width = line.length();
    }
    out.flush();
  }

  /** Removes the drawn line, so that the next text starts on a clean one. */
  public synchronized void finish() {
    if (width > 0) {
      out.print(CLEAR);
      out.flush();
      width = 0;
    }
  }

  private static String line(String stage, int done, int failed, int left, Duration elapsed) {
    String counts =
        String.format(Locale.ROOT, "%s: %d done, %d failed, %d left", stage, done, failed, left);
    if (done + failed == 0 || elapsed.isZero()) {
      return counts;
    }
    double perSecond = (done + failed) / (elapsed.toMillis() / 1000.0);
    String rate = String.format(Locale.ROOT, ", %.1f/min", perSecond * 60);
    return left == 0
        ? counts + rate
        : counts + rate + ", " + clock(Math.round(left / perSecond)) + " to go";
  }

  /** Seconds as {@code 4:05} or {@code 1:04:05}. */
  static String clock(long seconds) {
    long hours = seconds / 3600;
    return hours > 0
        ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }
}
