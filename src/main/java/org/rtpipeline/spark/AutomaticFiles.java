package org.rtpipeline.spark;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rtpipeline.dicom.ContourImages;
import org.rtpipeline.dicom.RoiOrigin;
import org.rtpipeline.dicom.RtStructWriter;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.LabelledStructure;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.model.RowHead;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.segmentation.AutomaticStructures;
import org.rtpipeline.segmentation.DerivedUid;
import org.rtpipeline.segmentation.OutputOptions;
import org.rtpipeline.segmentation.SegmentationManifest;
import org.rtpipeline.segmentation.SegmentationRow;
import org.rtpipeline.segmentation.StructureMeasure;

/**
 * A structure set of the structures, the measures of each, and the manifest last. A result that is
 * there already gives the same rows again from its files.
 *
 * @param options what is written
 */
record AutomaticFiles(OutputOptions options) implements SegmentationFiles {

  private static final String MEASURES = "structures.json";
  private static final SeriesContext.Equipment EQUIPMENT =
      new SeriesContext.Equipment("RTpipeline", "segmentation", "1");
  private static final int SERIES_NUMBER = 901;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What is kept of a segmentation for the rows of later runs.
   *
   * @param seriesUid the images
   * @param structureSetUid the structure set
   * @param backEnd name of the back end
   * @param version its version
   * @param device what it computed on
   * @param structures every structure with its measure
   * @param findings what a reader must know
   */
  record Kept(
      String seriesUid,
      String structureSetUid,
      String backEnd,
      String version,
      org.rtpipeline.segmentation.Device.Kind device,
      List<Measured> structures,
      List<Finding> findings) {}

  /** A structure and its measure. */
  record Measured(LabelledStructure structure, StructureMeasure measure, @Nullable String reason) {}

  @Override
  public String configuration() {
    return String.format(
        Locale.ROOT,
        "{\"formats\":\"%s\",\"holes\":\"%s\",\"longestName\":%d,\"outline\":\"%s\"}",
        options.formats(),
        options.contours().holes(),
        options.longestName(),
        options.contours().outline());
  }

  @Override
  public Outcome<StageRows> written(Made made, StageFolder folder, long attempt)
      throws IOException {
    StructureSet set =
        AutomaticStructures.of(
            made.labels(),
            new AutomaticStructures.Image(
                made.series().seriesUid(),
                made.study().frameOfReferenceUid(),
                made.ct().sopInstanceUids()),
            made.backEnd(),
            options.contours(),
            options.longestName());
    List<Finding> findings = new ArrayList<>(made.findings());
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(made.target().structureSet(), dicom(made, set));
    files.putAll(
        new MaskFiles(made, set.sopInstanceUid(), series(made, set)).of(options, findings));
    Kept kept = kept(made, set, findings);
    files.put(MEASURES, JSON.writeValueAsBytes(kept));
    SegmentationManifest manifest =
        new SegmentationManifest(
            made.stageKey(),
            made.backEnd().name() + " " + made.backEnd().version(),
            files.entrySet().stream()
                .map(file -> SegmentationManifest.Entry.of(file.getKey(), file.getValue()))
                .toList());
    StageFolder.Draft draft = folder.draft(attempt);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      draft.write(file.getKey(), out -> out.write(file.getValue()));
    }
    draft.finish(out -> out.write(manifest.text().getBytes(StandardCharsets.UTF_8)));
    return outcome(made.course(), made.stageKey(), kept);
  }

  private static byte[] dicom(Made made, StructureSet set) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String method = made.backEnd().name() + " " + made.backEnd().version();
    RtStructWriter.write(
        made.study(),
        series(made, set),
        set,
        new ContourImages(
            made.study().studyUid(), made.series().seriesUid(), made.ct().sopInstanceUids()),
        new RoiOrigin(method, made.labels().structures()),
        out);
    return out.toByteArray();
  }

  /** The time is that of the study: one object has the same bytes whenever it is made. */
  private static SeriesContext series(Made made, StructureSet set) {
    LocalDate date = made.study().studyDate();
    return new SeriesContext(
        DerivedUid.of(set.sopInstanceUid(), "series"),
        SERIES_NUMBER,
        "Automatic structures, " + made.backEnd().name(),
        EQUIPMENT,
        (date == null ? LocalDate.EPOCH : date).atStartOfDay());
  }

  private static Kept kept(Made made, StructureSet set, List<Finding> findings) {
    List<Measured> structures = new ArrayList<>();
    for (LabelledStructure structure : made.labels().structures()) {
      StructureMeasure measure =
          StructureMeasure.of(made.labels(), structure, made.ct().volume().values());
      structures.add(
          new Measured(
              structure,
              measure,
              measure.voxels() == 0 ? "the structure was not found in the image" : null));
    }
    return new Kept(
        made.series().seriesUid(),
        set.sopInstanceUid(),
        made.backEnd().name(),
        made.backEnd().version(),
        made.backEnd().deviceKind(),
        structures,
        findings);
  }

  @Override
  public Optional<Outcome<StageRows>> reused(Course course, String stageKey, StageFolder folder)
      throws IOException {
    Optional<SegmentationManifest> manifest =
        folder
            .read(StageFolder.MANIFEST)
            .flatMap(text -> SegmentationManifest.read(new String(text, StandardCharsets.UTF_8)))
            .filter(found -> found.key().equals(stageKey));
    Optional<byte[]> measures = manifest.isEmpty() ? Optional.empty() : folder.read(MEASURES);
    if (measures.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        outcome(course, stageKey, JSON.readValue(measures.get(), new TypeReference<Kept>() {})));
  }

  private static Outcome<StageRows> outcome(Course course, String stageKey, Kept kept) {
    SegmentationRow.Made made =
        new SegmentationRow.Made(
            kept.seriesUid(),
            kept.structureSetUid(),
            kept.backEnd(),
            kept.version(),
            kept.device());
    RowHead head = RowHead.of(course, stageKey, Outcome.Kind.DONE, kept.findings());
    List<TableRecord> rows = new ArrayList<>();
    for (Measured one : kept.structures()) {
      rows.add(new SegmentationRow(head, made, one.structure(), one.measure(), one.reason()));
    }
    return new Outcome.Done<>(course.id(), new StageRows(rows), kept.findings());
  }
}
