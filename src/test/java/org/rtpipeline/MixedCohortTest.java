package org.rtpipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.dicom.DicomException;
import org.rtpipeline.dicom.HeaderReader;
import org.rtpipeline.dicom.RtPlanReader;
import org.rtpipeline.dicom.RtRecordReader;
import org.rtpipeline.metadata.Delivery;
import org.rtpipeline.metadata.DeliveryFindings;
import org.rtpipeline.metadata.Fraction;
import org.rtpipeline.metadata.Fractions;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseLink;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.Plan;
import org.rtpipeline.model.ScannedFile;
import org.rtpipeline.model.TreatmentRecord;
import org.rtpipeline.organize.CourseKeys;
import org.rtpipeline.organize.OrganizeOptions;
import org.rtpipeline.organize.Organizer;
import org.rtpipeline.organize.PatientCourses;
import org.rtpipeline.phantom.CourseTruth;
import org.rtpipeline.phantom.MixedCohort;

/** The mixed cohort gives exactly the courses that its truth table says, in any order of files. */
final class MixedCohortTest {

  private static final int SHUFFLES = 20;
  private static final CourseKeys KEYS =
      new CourseKeys("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));

  @TempDir static Path folder;
  private static List<CourseTruth> truth = List.of();
  private static List<InstanceHeader> headers = List.of();

  @BeforeAll
  static void makeCohort() throws IOException {
    truth = MixedCohort.write(folder, 7);
    List<InstanceHeader> all = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).sorted().toList()) {
        ScannedFile scanned = scan(file);
        if (scanned.header() != null) {
          all.add(scanned.header());
        }
      }
    }
    headers = List.copyOf(all);
  }

  @Test
  void everyStoryEndsAsItsTruthSays() throws IOException, DicomException {
    assertThat(courses(headers)).containsExactlyInAnyOrderElementsOf(truth);
  }

  @Test
  void noOrderOfFilesChangesACourse() {
    List<PatientCourses> expected = organized(headers);
    for (int seed = 1; seed <= SHUFFLES; seed++) {
      List<InstanceHeader> shuffled = new ArrayList<>(headers);
      Collections.shuffle(shuffled, new Random(seed));
      assertThat(organized(shuffled)).as("order %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void namesOfFoldersAndFilesChangeNothingButWhereFilesLie() {
    List<InstanceHeader> moved = new ArrayList<>();
    for (InstanceHeader h : headers) {
      moved.add(
          new InstanceHeader(
              new FileRef("file:/z/" + h.sopInstanceUid().hashCode(), h.file().sizeBytes(), 0),
              h.sopClassUid(),
              h.sopInstanceUid(),
              h.patientId(),
              h.studyUid(),
              h.seriesUid(),
              h.frameOfReferenceUid(),
              h.modality(),
              h.references(),
              h.facts(),
              h.findings()));
    }
    assertThat(organized(moved).stream().flatMap(p -> p.courses().stream()).map(Course::id))
        .containsExactlyElementsOf(
            organized(headers).stream()
                .flatMap(p -> p.courses().stream())
                .map(Course::id)
                .toList());
  }

  @Test
  void theTableBesideTheCohortNamesEveryCourse() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(MixedCohort.TRUTH_FILE));
    assertThat(lines).hasSize(truth.size() + 1);
    assertThat(lines.get(0)).startsWith("patient_id,story,month,planning_ct_uid");
    assertThat(lines.get(1)).startsWith("MIXED-01-PLAIN,PLAIN,2024-03,2.25.");
  }

  @Test
  void theSameSeedGivesTheSameFiles(@TempDir Path again) throws IOException {
    MixedCohort.write(again, 7);
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        Path twin = again.resolve(folder.relativize(file).toString());
        assertThat(Files.mismatch(file, twin)).as(twin.toString()).isEqualTo(-1);
      }
    }
  }

  private static List<PatientCourses> organized(List<InstanceHeader> all) {
    Map<String, List<InstanceHeader>> byPatient = new TreeMap<>();
    all.forEach(h -> byPatient.computeIfAbsent(h.patientId(), x -> new ArrayList<>()).add(h));
    List<PatientCourses> patients = new ArrayList<>();
    byPatient.forEach(
        (id, own) -> patients.add(Organizer.organize(id, own, KEYS, OrganizeOptions.standard())));
    return patients;
  }

  private static List<CourseTruth> courses(List<InstanceHeader> all)
      throws IOException, DicomException {
    List<CourseTruth> found = new ArrayList<>();
    for (PatientCourses patient : organized(all)) {
      for (Course course : patient.courses()) {
        found.add(found(course));
      }
    }
    return found;
  }

  private static CourseTruth found(Course course) throws IOException, DicomException {
    List<Plan> plans = new ArrayList<>();
    for (InstanceHeader header : course.objects().plans()) {
      try (InputStream in = open(header)) {
        plans.add(RtPlanReader.read("plan", in));
      }
    }
    List<TreatmentRecord> records = new ArrayList<>();
    for (InstanceHeader header : course.objects().records()) {
      try (InputStream in = open(header)) {
        records.add(RtRecordReader.read("record", in));
      }
    }
    List<Fraction> fractions = Fractions.of(records, plans);
    Map<String, Integer> counts = new TreeMap<>();
    fractions.forEach(f -> counts.merge(f.planUid(), 1, Integer::sum));
    Set<String> codes =
        Stream.concat(
                course.findings().stream(),
                DeliveryFindings.of(Delivery.of(plans, fractions)).stream())
            .map(Finding::code)
            .map(Finding.Code::name)
            .collect(Collectors.toCollection(TreeSet::new));
    ImageSeries ct = course.planningCt();
    return new CourseTruth(
        course.patientId(),
        course.patientId().substring("MIXED-00-".length()).replace('-', '_'),
        course.label().substring(0, "2024-03".length()),
        ct == null ? "" : ct.seriesUid(),
        objects(course),
        series(course),
        course.doseDecision().rule().name(),
        course.doseDecision().chosenUids(),
        counts,
        codes);
  }

  private static Map<String, Integer> objects(Course course) {
    Map<String, Integer> objects = new TreeMap<>();
    PatientCourses.objectsOf(course)
        .filter(h -> !Set.of("CT", "MR", "PT").contains(h.modality()))
        .forEach(h -> objects.merge(h.modality(), 1, Integer::sum));
    return objects;
  }

  private static Map<String, String> series(Course course) {
    return course.links().stream()
        .filter(l -> l.subject() == CourseLink.Subject.IMAGE_SERIES)
        .collect(
            Collectors.toMap(
                CourseLink::uid, l -> l.rule() + " " + Objects.requireNonNull(l.seriesClass())));
  }

  private static InputStream open(InstanceHeader header) throws IOException {
    return Files.newInputStream(Path.of(java.net.URI.create(header.file().uri())));
  }

  private static ScannedFile scan(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return HeaderReader.read(new FileRef(file.toUri().toString(), Files.size(file), 0), in);
    }
  }
}
