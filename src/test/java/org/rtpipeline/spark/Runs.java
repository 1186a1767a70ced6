package org.rtpipeline.spark;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.config.RequestedStage;
import org.rtpipeline.config.ResolvedConfiguration;
import org.rtpipeline.config.Selection;
import org.rtpipeline.dvh.DvhRequest;
import org.rtpipeline.metadata.pet.PetOptions;
import org.rtpipeline.metadata.pet.SuvVariant;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.Tracer;
import org.rtpipeline.organize.CourseKeys;
import org.rtpipeline.organize.OrganizeOptions;
import org.rtpipeline.qc.CropOptions;
import org.rtpipeline.radiomics.ParameterSet;
import org.rtpipeline.radiomics.RadiomicsOptions;
import org.rtpipeline.radiomics.RadiomicsSettings;
import org.rtpipeline.report.ExportOptions;
import org.rtpipeline.segmentation.SegmentationOptions;
import org.rtpipeline.store.PatientIds;
import org.rtpipeline.store.StoredTable;
import org.rtpipeline.store.TableStore;
import org.rtpipeline.structures.StructureRequest;

/** Requests of runs, engines on the shared context, and what runs leave in their tables. */
final class Runs {

  static final Progress SILENT = (what, done, failed, left) -> {};

  /** SUV by body weight, under the rules that the product ships with. */
  static final PetOptions PET =
      new PetOptions(List.of("ATTN", "SCAT", "DECY"), 0.02, 24, 0.9, SuvVariant.BODY_WEIGHT);

  private Runs() {}

  /** An engine on a running context that thinks it has so many usable cores. */
  static SparkEngine engine(JavaSparkContext context, int usableCores) {
    return SparkEngine.on(context, Parallelism.of(1, usableCores + 1, OptionalInt.empty()));
  }

  /** Dose-volume histograms of all courses. */
  static RunRequest request(Path input, Path output) {
    return request(input, output, "*", Selection.Which.ALL);
  }

  /** Dose-volume histograms of some courses. */
  static RunRequest request(Path input, Path output, String glob, Selection.Which which) {
    return request(
        input,
        output,
        EnumSet.of(StageName.DVH),
        new Selection(List.of(RequestedStage.DVH), glob, which));
  }

  /** Dose-volume histograms and radiomics of all courses. */
  static RunRequest withRadiomics(Path input, Path output) {
    return request(
        input,
        output,
        EnumSet.of(StageName.DVH, StageName.RADIOMICS),
        new Selection(
            List.of(RequestedStage.DVH, RequestedStage.RADIOMICS), "*", Selection.Which.ALL));
  }

  /** Fractions, uptake and radiomics of all courses. */
  static RunRequest withPet(Path input, Path output) {
    return request(
        input,
        output,
        EnumSet.of(StageName.METADATA, StageName.RADIOMICS),
        new Selection(
            List.of(RequestedStage.METADATA, RequestedStage.RADIOMICS), "*", Selection.Which.ALL));
  }

  /** Fractions and dose-volume histograms of all courses. */
  static RunRequest withFractions(Path input, Path output) {
    return request(
        input,
        output,
        EnumSet.of(StageName.METADATA, StageName.DVH),
        new Selection(
            List.of(RequestedStage.METADATA, RequestedStage.DVH), "*", Selection.Which.ALL));
  }

  /** Automatic structures, checks and dose-volume histograms of all courses. */
  static RunRequest withChecks(Path input, Path output) {
    return request(
        input,
        output,
        EnumSet.of(StageName.SEGMENTATION, StageName.QC, StageName.DVH),
        new Selection(
            List.of(RequestedStage.SEGMENTATION, RequestedStage.QC, RequestedStage.DVH),
            "*",
            Selection.Which.ALL));
  }

  /** Metadata and checks of all courses, with what the objects say of people. */
  static RunRequest withPeople(Path input, Path output) {
    return request(
        input,
        output,
        EnumSet.of(StageName.METADATA, StageName.QC),
        new Selection(
            List.of(RequestedStage.METADATA, RequestedStage.QC), "*", Selection.Which.ALL),
        PersonalData.KEEP,
        radiomics());
  }

  /** Every stage over all courses. */
  static RunRequest withEverything(Path input, Path output, RadiomicsSettings radiomics) {
    return request(
        input,
        output,
        EnumSet.of(
            StageName.SEGMENTATION,
            StageName.METADATA,
            StageName.QC,
            StageName.DVH,
            StageName.RADIOMICS),
        new Selection(
            List.of(
                RequestedStage.SEGMENTATION,
                RequestedStage.METADATA,
                RequestedStage.QC,
                RequestedStage.DVH,
                RequestedStage.RADIOMICS),
            "*",
            Selection.Which.ALL),
        PersonalData.DROP,
        radiomics);
  }

  private static RunRequest request(
      Path input, Path output, Set<StageName> stages, Selection selection) {
    return request(input, output, stages, selection, PersonalData.DROP, radiomics());
  }

  private static RunRequest request(
      Path input,
      Path output,
      Set<StageName> stages,
      Selection selection,
      PersonalData personal,
      RadiomicsSettings radiomics) {
    return new RunRequest(
        new RunRequest.Places(input.toUri().toString(), output.toUri().toString()),
        stages,
        selection,
        OnBug.STOP,
        OrganizeOptions.standard(),
        keys(),
        SegmentationOptions.CLASSICAL,
        StructureRequest.NONE,
        CropOptions.OFF,
        DvhRequest.STANDARD,
        PET,
        radiomics,
        PatientIds.kept(),
        personal,
        new ExportOptions(Set.of(ExportOptions.Format.CSV, ExportOptions.Format.HTML), 1000, 10),
        new ResolvedConfiguration("", "no configuration"));
  }

  /** The defaults of PyRadiomics for CT and MR, every region of at least 64 voxels. */
  static RadiomicsSettings radiomics() {
    ParameterSet set = new ParameterSet("plain", RadiomicsOptions.pyradiomics());
    return new RadiomicsSettings(
        Map.of("CT", set, "MR", set),
        Map.of(Tracer.Family.FDG, new ParameterSet("pet", RadiomicsOptions.pyradiomics())),
        List.of("Body"),
        new RadiomicsSettings.Limits(64, 1_000_000, RadiomicsSettings.LargeRois.REDUCED));
  }

  /** Names of courses under a made-up site key. */
  static CourseKeys keys() {
    return new CourseKeys("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
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
