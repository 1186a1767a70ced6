package org.rtpipeline.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/**
 * The page {@code report.html}: one file that loads nothing. Its policy names its one script and
 * its one style by digest, so a browser runs no other, whatever a table holds.
 */
final class ReportPage {

  private static final String OURS = "/org/rtpipeline/report/";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  private final String script;
  private final String style;
  private final Template template;

  /** Reads the parts of the page. */
  ReportPage() throws IOException {
    script =
        "/*\n"
            + resource(UPLOT + "LICENSE")
            + "*/\n"
            + resource(UPLOT + "dist/uPlot.iife.min.js")
            + resource(OURS + "report.js");
    style = resource(UPLOT + "dist/uPlot.min.css") + resource(OURS + "report.css");
    template =
        Mustache.compiler()
            .escapeHTML(true)
            .emptyStringIsFalse(true)
            .strictSections(true)
            .compile(resource(OURS + "report.mustache"));
  }

  /** What the template reads. */
  record Page(
      String policy,
      String style,
      String script,
      ReportSummary summary,
      List<ReportMeasure> measures,
      Iterator<CourseSection> sections) {}

  /** Writes the page; a section is dropped as soon as it is written. */
  void write(ReportSummary summary, Iterator<CourseSection> sections, Writer out) {
    template.execute(new Page(policy(), style, script, summary, ReportMeasure.ALL, sections), out);
  }

  /** The content security policy: nothing but the script and the style of the page itself. */
  String policy() {
    return "default-src 'none'; script-src '"
        + digest(script)
        + "'; style-src '"
        + digest(style)
        + "'; base-uri 'none'; form-action 'none'";
  }

  private static String digest(String text) {
    try {
      byte[] sha256 =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Text of a resource; lines end as HTML parsers end them, since the digest is of what they see.
   */
  private static String resource(String name) throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
  }
}
