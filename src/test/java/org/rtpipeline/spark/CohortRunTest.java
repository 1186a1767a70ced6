package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.config.RequestedStage;
import org.rtpipeline.config.ResolvedConfiguration;
import org.rtpipeline.config.Selection;
import org.rtpipeline.dvh.DvhOptions;
import org.rtpipeline.organize.CourseKeys;
import org.rtpipeline.organize.OrganizeOptions;
import org.rtpipeline.report.ExportOptions;
import org.rtpipeline.store.PatientIds;
import org.rtpipeline.store.StoredTable;
import org.rtpipeline.store.TableStore;

@ExtendWith(SharedSpark.class)
final class CohortRunTest {

  @TempDir Path folder;

  @Test
  void eclipseExportWithoutPlanAndCtIsOneCourseWithHistograms(JavaSparkContext context)
      throws Exception {
    Path data = Path.of(System.getProperty("rtpipeline.sharedData", "../shared/data"), "rt");
    Path input = data.resolve("slicerrt-eclipse-prostate");
    assumeTrue(Files.exists(input), "skipped: shared reference data not found at " + data);

    RunSummary summary =
        CohortRun.run(
            SharedSpark.engine(context, 2), request(input, folder, "*"), (s, d, f, l) -> {});

    assertThat(summary.courses()).isEqualTo(new RunSummary.Courses(1, 0, 0, 1));
    assertThat(rows(context, folder, "dvh", "roi_name")).isNotEmpty();
  }

  static RunRequest request(Path input, Path output, String glob) {
    return new RunRequest(
        new RunRequest.Places(input.toUri().toString(), output.toUri().toString()),
        EnumSet.of(StageName.DVH),
        new Selection(List.of(RequestedStage.DVH), glob, Selection.Which.ALL),
        OnBug.STOP,
        OrganizeOptions.standard(),
        new CourseKeys("0123456789abcdef".getBytes(StandardCharsets.US_ASCII)),
        DvhOptions.DEFAULT,
        PatientIds.kept(),
        new ExportOptions(Set.of(ExportOptions.Format.CSV), 1000, 10),
        new ResolvedConfiguration("", "no configuration"));
  }

  /** Rows of a table as text, in order. */
  static List<String> rows(
      JavaSparkContext context, Path output, String table, String... columnNames) {
    TableStore store = new TableStore(context, output.toUri().toString(), 2, PatientIds.kept());
    StoredTable stored = store.stored(table).orElseThrow();
    List<StoredTable.StoredColumn> columns =
        columnNames.length == 0
            ? stored.columns()
            : stored.columns().stream()
                .filter(c -> List.of(columnNames).contains(c.name()))
                .toList();
    return stored
        .rows(columns)
        .map(
            row -> {
              TreeMap<String, String> cells = new TreeMap<>();
              for (int i = 0; i < row.width(); i++) {
                cells.put(columns.get(i).name(), String.valueOf(row.cell(i)));
              }
              return cells.toString();
            })
        .collect()
        .stream()
        .sorted()
        .toList();
  }
}
