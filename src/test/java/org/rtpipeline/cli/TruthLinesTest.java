package org.rtpipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.config.ConfigurationException;
import org.rtpipeline.config.Job;
import org.rtpipeline.config.JobSource;
import org.rtpipeline.config.PhantomSection;
import org.rtpipeline.config.Sections;
import org.rtpipeline.config.Setting;
import org.rtpipeline.phantom.Truth;
import org.rtpipeline.phantom.TruthRow;
import org.rtpipeline.spark.SparkEngine;

final class TruthLinesTest {
  @TempDir Path folder;

  @BeforeEach
  void makePhantoms() throws Exception {
    new WiredRooms(SparkEngine::start)
        .phantom(
            folder.resolve("in"),
            new PhantomSection(
                PhantomSection.Making.WHEN_ABSENT,
                PhantomSection.Cohort.PLAIN,
                1,
                1,
                PhantomSection.Size.SMALL));
    Files.createDirectories(folder.resolve("out/_RESULTS"));
  }

  @Test
  void theLargestDifferenceOfEachKindIsNamed() throws Exception {
    List<TruthRow> truth = Truth.read(folder.resolve("in").resolve(Truth.FILE_NAME));
    write(truth, 1.01);
    assertThat(TruthLines.of(job()))
        .hasSize(4)
        .first()
        .asString()
        .endsWith("over " + truth.size() + " regions:");
    assertThat(TruthLines.of(job()).get(1)).startsWith("  volume     +1.000 %   in ");
    assertThat(TruthLines.of(job()).get(2)).startsWith("  mean dose  +0.000 Gy  in ");
  }

  @Test
  void aRegionWithoutResultIsNamed() throws Exception {
    List<TruthRow> truth = Truth.read(folder.resolve("in").resolve(Truth.FILE_NAME));
    write(truth.subList(1, truth.size()), 1);
    assertThat(TruthLines.of(job()))
        .last()
        .asString()
        .isEqualTo(
            "  without a result: 1, as " + truth.get(0).patientId() + "/" + truth.get(0).roiName());
  }

  @Test
  void nothingIsSaidWithoutCsvExport() throws Exception {
    assertThat(TruthLines.of(job())).isEmpty();
  }

  @Test
  void nothingIsSaidOfTablesWithoutIdentifiers() throws Exception {
    write(List.of(), 1);
    assertThat(TruthLines.of(job(new Setting("privacy.identifiers", "drop", "test")))).isEmpty();
  }

  @Test
  void aTruthThatCannotBeReadIsAnError() throws Exception {
    write(List.of(), 1);
    Files.writeString(folder.resolve("in").resolve(Truth.FILE_NAME), "no,truth\n");
    Job job = job();
    assertThatThrownBy(() -> TruthLines.of(job)).hasMessageContaining("cannot be compared");
  }

  @Test
  void aPathWithoutSchemeIsTheClustersOnACluster() {
    Properties cluster = new Properties();
    cluster.setProperty("spark.master", "yarn");
    assertThat(InputFolder.onThisMachine("/data", new Properties())).contains(Path.of("/data"));
    assertThat(InputFolder.onThisMachine("/data", cluster)).isEmpty();
    assertThat(InputFolder.onThisMachine("hdfs:///data", new Properties())).isEmpty();
    assertThat(InputFolder.onThisMachine("file:///a b", cluster)).contains(Path.of("/a b"));
  }

  private void write(List<TruthRow> rows, double volumeFactor) throws IOException {
    StringBuilder text =
        new StringBuilder("patient_id,ROI_OriginalName,Volume (cm\u00b3),DmeanGy,D95Gy\n");
    for (TruthRow row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%s,%s%n",
              row.patientId(),
              row.roiName(),
              row.volumeCm3() * volumeFactor,
              row.dmeanGy(),
              row.d95Gy()));
    }
    Files.writeString(folder.resolve("out/_RESULTS/dvh_metrics.csv"), text);
  }

  private Job job(Setting... settings) throws ConfigurationException {
    List<Setting> all = new ArrayList<>(List.of(settings));
    all.add(new Setting("input", folder.resolve("in").toString(), "test"));
    all.add(new Setting("output", folder.resolve("out").toString(), "test"));
    return Sections.job(new JobSource(null, all, Set.of()));
  }
}
