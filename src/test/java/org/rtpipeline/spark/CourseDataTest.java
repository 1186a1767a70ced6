package org.rtpipeline.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.config.EngineOptions.OnBug;
import org.rtpipeline.dicom.HeaderReader;
import org.rtpipeline.dicom.ReadVolume;
import org.rtpipeline.dicom.RtDoseWriter;
import org.rtpipeline.dicom.SeriesContext;
import org.rtpipeline.dicom.StreamOpener;
import org.rtpipeline.dicom.StudyContext;
import org.rtpipeline.fixture.Phantoms;
import org.rtpipeline.geometry.Point;
import org.rtpipeline.geometry.VoxelGrid;
import org.rtpipeline.model.Course;
import org.rtpipeline.model.CourseDataException;
import org.rtpipeline.model.DoseDecision;
import org.rtpipeline.model.DoseGrid;
import org.rtpipeline.model.FileRef;
import org.rtpipeline.model.Finding;
import org.rtpipeline.model.ImageSeries;
import org.rtpipeline.model.InstanceHeader;
import org.rtpipeline.model.Outcome;
import org.rtpipeline.organize.OrganizeOptions;
import org.rtpipeline.organize.Organizer;
import org.rtpipeline.structures.NameLayer;
import org.rtpipeline.structures.NameMaps;

final class CourseDataTest {

  private static final StudyContext STUDY =
      new StudyContext("PHANTOM-0001", "A^B", "O", "1.2.3", "1", null, null, "1.2.3.9");
  private static final SeriesContext SERIES =
      new SeriesContext(
          "1.2.3.4",
          1,
          "Made",
          new SeriesContext.Equipment("Maker", "Model", "1"),
          LocalDateTime.of(2024, 2, 3, 4, 5));

  @TempDir static Path cohort;
  private static Course whole;

  @TempDir Path folder;
  private final List<String> opened = new ArrayList<>();

  @BeforeAll
  static void formCourse() throws IOException {
    Phantoms.write(cohort, 1);
    List<InstanceHeader> headers = new ArrayList<>();
    try (Stream<Path> files = Files.walk(cohort)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".dcm")).toList()) {
        headers.add(header(file));
      }
    }
    List<Course> courses =
        Organizer.courses("PHANTOM-0001", headers, Runs.keys(), OrganizeOptions.standard());
    assertThat(courses).hasSize(1);
    whole = courses.get(0);
  }

  private static InstanceHeader header(Path file) throws IOException {
    FileRef ref = new FileRef(file.toString(), Files.size(file), 0);
    try (InputStream in = Files.newInputStream(file)) {
      return Objects.requireNonNull(HeaderReader.read(ref, in).header(), file.toString());
    }
  }

  /** Reads files of this machine and notes which. */
  private StreamOpener files() {
    return path -> {
      opened.add(path);
      return Files.newInputStream(Path.of(path));
    };
  }

  private CourseData data(Course course) {
    return new CourseData(course, files());
  }

  private static InstanceHeader structureSet() {
    return whole.objects().structureSets().get(0);
  }

  private static InstanceHeader plan() {
    return whole.objects().plans().get(0);
  }

  private static InstanceHeader dose() {
    return whole.objects().doses().get(0);
  }

  private static ImageSeries ct() {
    return Objects.requireNonNull(whole.planningCt());
  }

  private static InstanceHeader at(InstanceHeader header, String path, long sizeBytes) {
    return new InstanceHeader(
        new FileRef(path, sizeBytes, 0),
        header.sopClassUid(),
        header.sopInstanceUid(),
        header.patientId(),
        header.studyUid(),
        header.seriesUid(),
        header.frameOfReferenceUid(),
        header.modality(),
        header.references(),
        header.facts(),
        header.findings());
  }

  /** The object, with other bytes than those that were scanned but the scan none the wiser. */
  private InstanceHeader withBytes(InstanceHeader header, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("other.dcm"), bytes);
    return at(header, file.toString(), bytes.length);
  }

  private static byte[] bytes(InstanceHeader header) throws IOException {
    return Files.readAllBytes(Path.of(header.file().uri()));
  }

  private static byte[] half(InstanceHeader header) throws IOException {
    byte[] bytes = bytes(header);
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static byte[] garbage() {
    return "this was never an object of any kind, whatever its name may say "
        .repeat(20)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private InstanceHeader missing(InstanceHeader header) {
    return at(header, folder.resolve("none.dcm").toString(), 1);
  }

  private static InstanceHeader longer(InstanceHeader header) {
    return at(header, header.file().uri(), header.file().sizeBytes() + 1);
  }

  private static Course withCt(@Nullable ImageSeries ct) {
    return new Course(
        whole.id(),
        whole.patientId(),
        whole.label(),
        ct,
        whole.objects(),
        whole.otherSeries(),
        whole.doseDecision(),
        whole.findings());
  }

  private static ImageSeries images(List<InstanceHeader> instances) {
    ImageSeries ct = ct();
    return new ImageSeries(
        ct.seriesUid(), ct.studyUid(), ct.frameOfReferenceUid(), ct.modality(), instances);
  }

  /** The course with one image in place of the one of the same instance. */
  private static Course withImage(InstanceHeader image) {
    List<InstanceHeader> instances = new ArrayList<>(ct().instances());
    instances.replaceAll(i -> i.sopInstanceUid().equals(image.sopInstanceUid()) ? image : i);
    return withCt(images(instances));
  }

  private static Course withDoses(List<InstanceHeader> doses, String... chosenUids) {
    Course.Objects objects = whole.objects();
    return new Course(
        whole.id(),
        whole.patientId(),
        whole.label(),
        whole.planningCt(),
        new Course.Objects(
            objects.structureSets(),
            doses,
            objects.plans(),
            objects.records(),
            objects.registrations()),
        whole.otherSeries(),
        new DoseDecision(
            DoseDecision.Rule.BEAM_DOSES_SUMMED, List.of(chosenUids), List.of(), "made up"),
        whole.findings());
  }

  private static Course withDose(InstanceHeader dose) {
    return withDoses(List.of(dose), dose.sopInstanceUid());
  }

  private InstanceHeader doseOf(String uid, double spacingMm, float... valuesGy)
      throws IOException {
    VoxelGrid grid = VoxelGrid.axial(2, 1, 2, new Point(0, 0, 0), spacingMm, spacingMm, spacingMm);
    Path file = folder.resolve(uid + ".dcm");
    try (OutputStream out = Files.newOutputStream(file)) {
      RtDoseWriter.write(STUDY, SERIES, uid, "1.2.3.7", new DoseGrid(grid, valuesGy), out);
    }
    return header(file);
  }

  private static void assertRefused(
      ThrowingCallable call, Finding.Level level, Finding.Code code, String subject) {
    assertThatExceptionOfType(CourseDataException.class)
        .isThrownBy(call)
        .extracting(CourseDataException::finding)
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo(code);
              assertThat(finding.level()).isEqualTo(level);
              assertThat(finding.subject()).isEqualTo(subject);
            });
  }

  @Test
  void aStructureSetIsReadOnceAndKept() throws CourseDataException {
    CourseData data = data(whole);
    assertThat(data.structureSet(structureSet()))
        .isSameAs(data.structureSet(structureSet()))
        .satisfies(set -> assertThat(set.rois()).isNotEmpty());
    assertThat(opened).containsExactly(structureSet().file().uri());
  }

  @Test
  void aPlanIsReadOnceAndKept() throws CourseDataException {
    CourseData data = data(whole);
    assertThat(data.plan(plan()))
        .isSameAs(data.plan(plan()))
        .satisfies(plan -> assertThat(plan.beams()).hasSize(5));
    assertThat(opened).containsExactly(plan().file().uri());
  }

  @Test
  void theDoseIsReadOnceAndKept() throws CourseDataException {
    CourseData data = data(whole);
    CourseData.CourseDose dose = data.dose().orElseThrow();
    assertThat(data.dose()).containsSame(dose);
    assertThat(dose.frameOfReferenceUid()).isEqualTo(ct().frameOfReferenceUid());
    assertThat(dose.findings()).isEmpty();
    assertThat(opened).containsExactly(dose().file().uri());
  }

  @Test
  void thePlanningCtIsReadOnceAndKept() throws CourseDataException {
    CourseData data = data(whole);
    ReadVolume volume = data.planningCt().orElseThrow();
    assertThat(data.planningCt()).containsSame(volume);
    assertThat(volume.volume().grid().planes()).isEqualTo(40);
    assertThat(opened).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void aCourseWithoutPlanningCtHasNeitherVolumeNorBox() throws CourseDataException {
    CourseData data = data(withCt(null));
    assertThat(data.planningCt()).isEmpty();
    assertThat(data.planningCtFrame()).isEmpty();
    assertThat(opened).isEmpty();
  }

  @Test
  void theBoxOfThePlanningCtTakesTwoSlices() throws CourseDataException {
    CtFrame box = data(whole).planningCtFrame().orElseThrow();
    assertThat(box.spacingMm()).isEqualTo(3);
    assertThat(box.lastOffsetMm() - box.firstOffsetMm()).isEqualTo(39 * 3);
    assertThat(opened).hasSize(2);
  }

  @Test
  void aSingleSliceHasNoBox() throws CourseDataException {
    Course course = withCt(images(ct().instances().subList(0, 1)));
    assertThat(data(course).planningCtFrame()).isEmpty();
    assertThat(opened).isEmpty();
  }

  @Test
  void slicesThatCannotBeReadHaveNoBox() throws CourseDataException {
    List<InstanceHeader> gone = ct().instances().stream().map(this::missing).toList();
    assertThat(data(withCt(images(gone))).planningCtFrame()).isEmpty();
  }

  @Test
  void aCourseOfNoChosenDoseHasNone() throws CourseDataException {
    assertThat(data(withDoses(List.of())).dose()).isEmpty();
    assertThat(data(withDoses(List.of(dose()))).dose()).isEmpty();
    assertThat(opened).isEmpty();
  }

  @Test
  void dosesLeftOutAreNotRead() throws IOException, CourseDataException {
    InstanceHeader one = doseOf("1.2.1", 2, 1, 2, 3, 4);
    InstanceHeader two = doseOf("1.2.2", 2, 10, 20, 30, 40);
    CourseData data = data(withDoses(List.of(one, two), "1.2.2"));
    assertThat(data.dose().orElseThrow().grid().valuesGy()).containsExactly(10, 20, 30, 40);
    assertThat(opened).containsExactly(two.file().uri());
  }

  @Test
  void dosesOnOneGridAreAddedPointByPoint() throws IOException, CourseDataException {
    InstanceHeader one = doseOf("1.2.1", 2, 1, 2, 3, 4);
    InstanceHeader two = doseOf("1.2.2", 2, 10, 20, 30, 40);
    CourseData data = data(withDoses(List.of(one, two), "1.2.1", "1.2.2"));
    CourseData.CourseDose sum = data.dose().orElseThrow();
    assertThat(sum.grid().valuesGy()).containsExactly(11, 22, 33, 44);
    assertThat(sum.frameOfReferenceUid()).isEqualTo("1.2.3.9");
    assertThat(data.dose()).containsSame(sum);
    assertThat(opened).containsExactly(one.file().uri(), two.file().uri());
  }

  @Test
  void dosesOnDifferentGridsAreAddedOnTheFinerOneAndFlagged()
      throws IOException, CourseDataException {
    InstanceHeader one = doseOf("1.2.1", 2.5, 1, 1, 1, 1);
    InstanceHeader two = doseOf("1.2.2", 2, 1, 2, 3, 4);
    CourseData data = data(withDoses(List.of(one, two), "1.2.1", "1.2.2"));
    CourseData.CourseDose sum = data.dose().orElseThrow();
    assertThat(sum.grid().grid().columnSpacingMm()).isEqualTo(2);
    assertThat(sum.grid().valuesGy()).containsExactly(2, 3, 4, 5);
    assertThat(sum.findings())
        .extracting(Finding::code)
        .containsOnlyOnce(Finding.Code.DOSE_GRIDS_DIFFER);
  }

  @Test
  void aTruncatedStructureSetIsRefused() throws IOException {
    InstanceHeader cut = withBytes(structureSet(), half(structureSet()));
    assertRefused(
        () -> data(whole).structureSet(cut),
        Finding.Level.SKIP_STAGE,
        Finding.Code.TRUNCATED_FILE,
        cut.sopInstanceUid());
  }

  @Test
  void aTruncatedDoseIsRefused() throws IOException {
    InstanceHeader cut = withBytes(dose(), half(dose()));
    assertRefused(
        data(withDose(cut))::dose,
        Finding.Level.SKIP_STAGE,
        Finding.Code.TRUNCATED_FILE,
        cut.sopInstanceUid());
  }

  @Test
  void aRelativeDoseIsRefused() throws IOException {
    String gray = new String(bytes(dose()), StandardCharsets.ISO_8859_1);
    String relative = gray.replace("\u00040\2\0CS\2\0GY", "\u00040\2\0CS\b\0RELATIVE");
    assertThat(relative).hasSize(gray.length() + 6);
    InstanceHeader dose = withBytes(dose(), relative.getBytes(StandardCharsets.ISO_8859_1));
    assertRefused(
        data(withDose(dose))::dose,
        Finding.Level.SKIP_STAGE,
        Finding.Code.DOSE_UNITS_RELATIVE,
        dose.sopInstanceUid());
  }

  @Test
  void garbageIsRefusedWhateverItStandsFor() throws IOException {
    InstanceHeader set = withBytes(structureSet(), garbage());
    InstanceHeader plan = at(plan(), set.file().uri(), set.file().sizeBytes());
    InstanceHeader dose = at(dose(), set.file().uri(), set.file().sizeBytes());
    InstanceHeader image = at(ct().instances().get(3), set.file().uri(), set.file().sizeBytes());
    Finding.Level level = Finding.Level.SKIP_STAGE;
    Finding.Code code = Finding.Code.NOT_DICOM;
    assertRefused(() -> data(whole).structureSet(set), level, code, set.sopInstanceUid());
    assertRefused(() -> data(whole).plan(plan), level, code, plan.sopInstanceUid());
    assertRefused(data(withDose(dose))::dose, level, code, dose.sopInstanceUid());
    assertRefused(data(withImage(image))::planningCt, level, code, image.sopInstanceUid());
  }

  @Test
  void aMissingFileFailsWhateverItStandsFor() {
    InstanceHeader set = missing(structureSet());
    InstanceHeader plan = missing(plan());
    InstanceHeader dose = missing(dose());
    InstanceHeader image = missing(ct().instances().get(3));
    Finding.Level level = Finding.Level.FAILED;
    Finding.Code code = Finding.Code.UNREADABLE;
    assertRefused(() -> data(whole).structureSet(set), level, code, set.sopInstanceUid());
    assertRefused(() -> data(whole).plan(plan), level, code, plan.sopInstanceUid());
    assertRefused(data(withDose(dose))::dose, level, code, dose.sopInstanceUid());
    assertRefused(data(withImage(image))::planningCt, level, code, image.sopInstanceUid());
  }

  @Test
  void aFileOfAnotherLengthThanScannedFailsWhateverItStandsFor() {
    InstanceHeader set = longer(structureSet());
    InstanceHeader plan = longer(plan());
    InstanceHeader dose = longer(dose());
    InstanceHeader image = longer(ct().instances().get(3));
    Finding.Level level = Finding.Level.FAILED;
    Finding.Code code = Finding.Code.INPUT_CHANGED_DURING_RUN;
    assertRefused(() -> data(whole).structureSet(set), level, code, set.sopInstanceUid());
    assertRefused(() -> data(whole).plan(plan), level, code, plan.sopInstanceUid());
    assertRefused(data(withDose(dose))::dose, level, code, dose.sopInstanceUid());
    assertRefused(data(withImage(image))::planningCt, level, code, image.sopInstanceUid());
    ImageSeries single = images(List.of(image));
    assertRefused(() -> data(whole).image(single), level, code, image.sopInstanceUid());
    assertRefused(() -> data(whole).pet(single), level, code, image.sopInstanceUid());
    InstanceHeader lowest = CtFrame.slicesToRead(ct()).get(0);
    assertRefused(
        data(withImage(longer(lowest)))::planningCtFrame, level, code, lowest.sopInstanceUid());
  }

  @Test
  void whatWasRefusedIsReadAgainWhenAskedForAgain() {
    CourseData data = data(whole);
    InstanceHeader set = longer(structureSet());
    for (int i = 0; i < 2; i++) {
      assertRefused(
          () -> data.structureSet(set),
          Finding.Level.FAILED,
          Finding.Code.INPUT_CHANGED_DURING_RUN,
          set.sopInstanceUid());
    }
    assertThat(opened).hasSize(2);
  }

  /** Asks for the plan, and for the structure set where told to. */
  private record Asking(boolean forStructures) implements CourseStage<String> {
    @Override
    public StageName name() {
      return StageName.DVH;
    }

    @Override
    public String configuration() {
      return "{}";
    }

    @Override
    public Outcome<String> apply(Course course, CourseData data) throws CourseDataException {
      if (forStructures) {
        data.structureSet(structureSet());
      }
      data.plan(plan());
      return new Outcome.Done<>(course.id(), "done", List.of());
    }
  }

  /** Breaks without saying where. */
  private record Untraceable() implements CourseStage<String> {
    @Override
    public StageName name() {
      return StageName.DVH;
    }

    @Override
    public String configuration() {
      return "{}";
    }

    @Override
    public Outcome<String> apply(Course course, CourseData data) {
      IllegalStateException bug = new IllegalStateException("text of a patient");
      bug.setStackTrace(new StackTraceElement[0]);
      throw bug;
    }
  }

  private List<StageResult<String>> results(List<? extends CourseStage<String>> stages) {
    List<StageResult<String>> results = new ArrayList<>();
    new OutcomeIterator<String>(List.of(whole).iterator(), stages, files(), OnBug.RECORD)
        .forEachRemaining(results::add);
    return results;
  }

  private static StageKey.Input input(InstanceHeader header) throws IOException {
    return new StageKey.Input(
        header.sopClassUid(),
        header.sopInstanceUid(),
        HexFormat.of().formatHex(DigestingStreams.sha256().digest(bytes(header))));
  }

  @Test
  void theKeyOfAStageIsOfTheObjectsThatStageAskedFor() throws IOException {
    List<StageResult<String>> results = results(List.of(new Asking(true), new Asking(false)));

    assertThat(results)
        .extracting(StageResult::stageKey)
        .containsExactly(
            StageKey.of(StageName.DVH, "{}", List.of(input(plan()), input(structureSet()))),
            StageKey.of(StageName.DVH, "{}", List.of(input(plan()))));
  }

  @Test
  void stagesOfACourseShareWhatWasRead() {
    assertThat(results(List.of(new Asking(false), new Asking(true), new Asking(true))))
        .extracting(result -> result.outcome().kind())
        .containsOnly(Outcome.Kind.DONE);
    assertThat(opened).containsExactly(plan().file().uri(), structureSet().file().uri());
  }

  @Test
  void anObjectThatCouldNotBeReadIsInTheKeyAsUnread() {
    CourseData data = data(whole);
    InstanceHeader gone = missing(plan());
    assertRefused(
        () -> data.plan(gone),
        Finding.Level.FAILED,
        Finding.Code.UNREADABLE,
        gone.sopInstanceUid());

    assertThat(data.stageKey(new Asking(false)))
        .isEqualTo(
            StageKey.of(
                StageName.DVH,
                "{}",
                List.of(new StageKey.Input(gone.sopClassUid(), gone.sopInstanceUid(), "unread"))));
  }

  @Test
  void theKeyOfADoseOrACtIsOfAllItsFiles() throws IOException, CourseDataException {
    CourseData data = data(whole);
    assertThat(data.dose()).isPresent();
    assertThat(data.planningCt()).isPresent();
    List<StageKey.Input> inputs = new ArrayList<>(List.of(input(dose())));
    for (InstanceHeader image : ct().instances()) {
      inputs.add(input(image));
    }
    inputs.sort(Comparator.naturalOrder());
    assertThat(data.stageKey(new Asking(false)))
        .isEqualTo(StageKey.of(StageName.DVH, "{}", inputs));
  }

  @Test
  void withoutStagesNothingIsLeftToDo() {
    assertThat(results(List.of())).isEmpty();
    assertThat(opened).isEmpty();
  }

  @Test
  void aBugWithoutAPlaceIsRecordedAllTheSame() {
    assertThat(results(List.of(new Untraceable())))
        .singleElement()
        .satisfies(
            result ->
                assertThat(result.outcome().findings())
                    .containsExactly(
                        new Finding(
                            Finding.Level.FAILED,
                            Finding.Code.INTERNAL_ERROR,
                            whole.id().key(),
                            "stage "
                                + StageName.DVH.word()
                                + ": java.lang.IllegalStateException at unknown place")));
  }

  @Test
  void onlyLinesOfANameMapThatNameARegionChangeTheKey() throws Exception {
    CourseStage<StageRows> stage = new QcStage();
    List<String> keys = new ArrayList<>();
    for (String lines : List.of("", "X,no such region\n", "Target,PTV_High\n", "PTV,PTV_High\n")) {
      NameMaps names =
          NameMaps.of(
              List.of(
                  new NameMaps.Source(
                      NameLayer.SITE, "s.csv", "standard_name,roi_name\n" + lines)));
      CourseData data = new CourseData(whole, new CourseSource(files(), names, 0.5));
      data.structureSet(structureSet());
      keys.add(data.stageKey(stage));
    }

    assertThat(keys.get(1)).isEqualTo(keys.get(0));
    assertThat(Set.copyOf(keys)).hasSize(3);
  }
}
