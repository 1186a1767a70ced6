package org.rtpipeline.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.rtpipeline.dicom.DvhDoseWriter;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.dvh.DvhSource;
import org.rtpipeline.dvh.EvenBins;
import org.rtpipeline.dvh.RoiDoseVolume;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.segmentation.DerivedUid;

/**
 * The curves of a course as RT Dose objects in its folder, one for each structure set that has any.
 * The inputs alone decide the bytes: what objects say of the time they were made is the date of the
 * study of the dose, 1 January 1970 when that has none. A folder that is whole is left as it is.
 *
 * @param outputUri root of the output
 * @param hadoop file systems of the run
 */
record DvhDoseFiles(String outputUri, Broadcast<SerializableConfiguration> hadoop)
    implements Serializable {

  private static final SeriesContext.Equipment EQUIPMENT =
      new SeriesContext.Equipment("RTpipeline", "dvh", "1");
  private static final int SERIES_NUMBER = 903;
  private static final String WHOLE_DOSE = "PLAN";
  private static final String SEVERAL_PLANS = "MULTI_PLAN";

  /** The curves of one structure set. */
  static final class Curves {
    private final DvhSource source;
    private final List<DvhDoseWriter.Curve> regions = new ArrayList<>();

    /** No curve yet, of the structure set and the dose of a source. */
    Curves(DvhSource source) {
      this.source = source;
    }

    /** Adds the curve of a region; nothing when no part of it lies inside the dose grid. */
    void add(int roiNumber, RoiDoseVolume volume) {
      Optional<EvenBins> bins = volume.evenBins();
      if (bins.isPresent()) {
        regions.add(
            new DvhDoseWriter.Curve(
                roiNumber,
                bins.get().widthGy(),
                bins.get().atLeastCm3(),
                new DvhDoseWriter.Doses(
                    volume.minGy().orElseThrow(),
                    volume.maxGy().orElseThrow(),
                    volume.meanGy().orElseThrow())));
      }
    }
  }

  /**
   * Writes the objects of a course and then the manifest; what went wrong comes back.
   *
   * @param stageKey name of the result
   * @param sets structure sets in the order of the course
   */
  List<Finding> write(Course course, CourseData data, String stageKey, List<Curves> sets) {
    if (sets.stream().allMatch(set -> set.regions.isEmpty())) {
      return List.of();
    }
    try {
      StageFolder folder =
          StageFolder.of(hadoop.value().value(), outputUri, course.id(), StageName.DVH, stageKey);
      if (folder.read(StageFolder.MANIFEST).isEmpty()) {
        write(folder, objects(course, data.studyOfDose(), stageKey, sets), stageKey);
      }
      return List.of();
    } catch (CourseDataException e) {
      Finding why = e.finding();
      return List.of(
          new Finding(
              Finding.Level.WARN,
              why.code(),
              why.subject(),
              "the curves are in no RT Dose: " + why.message()));
    } catch (IOException e) {
      return List.of(
          new Finding(
              Finding.Level.FAILED,
              Finding.Code.DISK_FULL,
              course.id().key(),
              "RT Doses with curves cannot be written: " + FolderWalk.kind(e)));
    }
  }

  private static void write(StageFolder folder, Map<String, byte[]> objects, String stageKey)
      throws IOException {
    StringBuilder manifest = new StringBuilder("dvh manifest 1\n");
    manifest.append("key ").append(stageKey).append('\n');
    StageFolder.Draft draft = folder.draft(TaskContext.get().taskAttemptId());
    for (Map.Entry<String, byte[]> object : objects.entrySet()) {
      draft.write(object.getKey(), out -> out.write(object.getValue()));
      manifest.append(
          String.format(Locale.ROOT, "file %d %s\n", object.getValue().length, object.getKey()));
    }
    manifest.append("end\n");
    draft.finish(out -> out.write(manifest.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, byte[]> objects(
      Course course, StudyContext study, String stageKey, List<Curves> sets) throws IOException {
    LocalDate date = Objects.requireNonNullElse(study.studyDate(), LocalDate.EPOCH);
    LocalTime time = Objects.requireNonNullElse(study.studyTime(), LocalTime.MIDNIGHT);
    SeriesContext series =
        new SeriesContext(
            DerivedUid.of(stageKey, "series of dose-volume histograms"),
            SERIES_NUMBER,
            "Dose-volume histograms",
            EQUIPMENT,
            date.atTime(time));
    Map<String, byte[]> objects = new LinkedHashMap<>();
    for (int n = 1; n <= sets.size(); n++) {
      Curves set = sets.get(n - 1);
      if (!set.regions.isEmpty()) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String uid = DerivedUid.of(stageKey, set.source.structures().uid());
        DvhDoseWriter.write(study, series, uid, source(course, set.source), set.regions, out);
        objects.put("RD_dvh_" + n + ".dcm", out.toByteArray());
      }
    }
    return objects;
  }

  private static DvhDoseWriter.Source source(Course course, DvhSource source) {
    List<String> plans = source.dose().sourcePlanUids();
    String type = Objects.requireNonNullElse(source.dose().summationType(), "");
    return new DvhDoseWriter.Source(
        source.structures().uid(),
        plans.stream().map(uid -> plan(course, uid)).toList(),
        plans.size() > 1 ? SEVERAL_PLANS : type.isEmpty() ? WHOLE_DOSE : type);
  }

  private static DvhDoseWriter.PlanReference plan(Course course, String uid) {
    return course.objects().plans().stream()
        .filter(header -> header.sopInstanceUid().equals(uid))
        .map(InstanceHeader::sopClassUid)
        .findFirst()
        .map(sopClass -> new DvhDoseWriter.PlanReference(sopClass, uid))
        .orElseGet(() -> DvhDoseWriter.PlanReference.photon(uid));
  }
}
