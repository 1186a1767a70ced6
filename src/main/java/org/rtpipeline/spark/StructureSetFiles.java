package org.rtpipeline.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.dicom.ContourImages;
import org.rtpipeline.dicom.ReadVolume;
import org.rtpipeline.dicom.RoiOrigin;
import org.rtpipeline.dicom.RtStructWriter;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.StructureSet;
import org.rtpipeline.segmentation.DerivedUid;
import org.rtpipeline.segmentation.SegmentationManifest;

/**
 * Structure sets that a stage makes of others on the planning CT, as files of the course.
 *
 * @param outputUri root of the output
 */
record StructureSetFiles(String outputUri, Broadcast<SerializableConfiguration> hadoop)
    implements Serializable {

  /**
   * What the sets are drawn on.
   *
   * @param study what objects made of it repeat
   */
  record Drawn(Course course, ReadVolume ct, StudyContext study) {}

  /**
   * How a stage signs its sets.
   *
   * @param seriesNumber (0020,0011)
   * @param description of the series (0008,103E)
   * @param method how the regions were made (3006,0038)
   */
  record Signature(StageName stage, int seriesNumber, String description, String method) {}

  /** Where the files of a result lie. */
  StageFolder folder(Course course, StageName stage, String stageKey) throws IOException {
    return StageFolder.of(hadoop.value().value(), outputUri, course.id(), stage, stageKey);
  }

  /**
   * Writes the sets and then the manifest.
   *
   * @param sets by the name of their file
   * @return the bytes of each file
   */
  Map<String, byte[]> write(
      Drawn drawn, Signature signature, String stageKey, Map<String, StructureSet> sets)
      throws CourseDataException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, StructureSet> set : sets.entrySet()) {
        files.put(set.getKey(), dicom(drawn, signature, set.getValue()));
      }
      List<SegmentationManifest.Entry> entries =
          files.entrySet().stream()
              .map(file -> SegmentationManifest.Entry.of(file.getKey(), file.getValue()))
              .toList();
      StageName stage = signature.stage();
      SegmentationManifest manifest =
          new SegmentationManifest(
              stageKey, stage.word() + " " + stage.algorithmVersion(), entries);
      TaskContext task = TaskContext.get();
      StageFolder.Draft draft =
          folder(drawn.course(), stage, stageKey).draft(task == null ? 0 : task.taskAttemptId());
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        draft.write(file.getKey(), to -> to.write(file.getValue()));
      }
      draft.finish(to -> to.write(manifest.text().getBytes(StandardCharsets.UTF_8)));
      return files;
    } catch (IOException e) {
      throw new CourseDataException(
          new Finding(
              Finding.Level.FAILED,
              Finding.Code.UNREADABLE,
              drawn.course().id().key(),
              "structure sets of the stage "
                  + signature.stage().word()
                  + " cannot be written: "
                  + FolderWalk.kind(e)));
    }
  }

  /** The time is that of the study, so that the same structures are the same bytes every night. */
  private static byte[] dicom(Drawn drawn, Signature signature, StructureSet set)
      throws IOException {
    StudyContext study = drawn.study();
    LocalDate date = study.studyDate();
    String series =
        drawn.course().planningCt() == null ? "" : drawn.course().planningCt().seriesUid();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RtStructWriter.write(
        study,
        new SeriesContext(
            DerivedUid.of(set.sopInstanceUid(), "series"),
            signature.seriesNumber(),
            signature.description(),
            new SeriesContext.Equipment("RTpipeline", signature.stage().word(), "1"),
            (date == null ? LocalDate.EPOCH : date).atStartOfDay()),
        set,
        new ContourImages(study.studyUid(), series, drawn.ct().sopInstanceUids()),
        new RoiOrigin(signature.method(), List.of()),
        out);
    return out.toByteArray();
  }
}
