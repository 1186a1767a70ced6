package org.rtpipeline.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.fixture.SharedSpark;
import org.rtpipeline.model.Column;
import org.rtpipeline.model.CourseId;
import org.rtpipeline.model.TableRecord;
import org.rtpipeline.model.TableSchema;
import org.rtpipeline.store.TableChange.Everything;
import org.rtpipeline.store.TableChange.Nothing;

@ExtendWith(SharedSpark.class)
final class TableStoreTest {

  private static final CourseId A = new CourseId("a");
  private static final CourseId B = new CourseId("b");

  @TempDir Path output;
  private final JavaSparkContext spark;
  private TableStore store;

  TableStoreTest(JavaSparkContext spark) {
    this.spark = spark;
    this.store = new TableStore(spark, "", 2, PatientIds.kept());
  }

  @BeforeEach
  void open() {
    store = new TableStore(spark, output.toString(), 2, PatientIds.kept());
  }

  @Test
  void everyCellComesBackAsItWas() {
    store.replace(Sample.SCHEMA, rows(sample(A, 2)), List.of(A));
    Row row = table().first();
    assertThat(row.getString(0)).isEqualTo("a");
    assertThat(row.getInt(2)).isEqualTo(2);
    assertThat(row.getLong(3)).isEqualTo(5_000_000_000L);
    assertThat(row.getDouble(4)).isEqualTo(2.5);
    assertThat(row.getBoolean(5)).isTrue();
    assertThat(row.getList(6)).isEqualTo(List.of("a", "p2"));
    assertThat(row.getList(7)).isEqualTo(List.of(.5));
  }

  @Test
  void storedRowsAreThoseThatSparkSqlReads() {
    store.replace(Sample.SCHEMA, rows(sample(A, 1)), List.of(A));
    StoredTable stored = store.stored("sample").orElseThrow();
    StoredRow row = stored.rows(stored.columns()).first();
    Row sql = table().first();
    for (int i = 0; i < row.width(); i++) {
      Object cell = row.cell(i);
      assertThat(cell).isEqualTo(cell instanceof List ? sql.getList(i) : sql.get(i));
    }
    assertThat(stored.columns().get(6).type()).isEqualTo(Column.Type.TEXT_LIST);
  }

  @Test
  void secondRunReplacesItsCoursesAndLeavesOthersAlone() {
    store.replace(Sample.SCHEMA, rows(sample(A, 1), sample(B, 2), sample(A, 3)), List.of(A, B));
    store.replace(Sample.SCHEMA, rows(sample(A, 4)), List.of(A));
    assertThat(numbers()).containsExactly(2, 4);
  }

  @Test
  void courseWithoutNewRowsLosesItsOldOnes() {
    store.replace(Sample.SCHEMA, rows(sample(A, 1), sample(B, 2)), List.of(A, B));
    store.replace(Sample.SCHEMA, rows(), List.of(B));
    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void fileOfAnotherCourseIsNotRewritten() {
    store.replace(Sample.SCHEMA, rows(sample(B, 2)), List.of(B));
    Set<String> before = Set.of(table().inputFiles());
    store.replace(Sample.SCHEMA, rows(sample(A, 1)), List.of(A));
    assertThat(table().inputFiles()).containsAll(before).hasSize(2);
  }

  @Test
  void nothingIsWrittenForNoRowsAndNoTable() {
    store.replace(Sample.SCHEMA, rows(), List.of(A));
    assertThat(output.resolve("tables/sample/_delta_log")).doesNotExist();
    assertThat(store.table("sample")).isEmpty();
    assertThat(store.stored("sample")).isEmpty();
  }

  @Test
  void changeOfNothingMakesNoVersion() throws Exception {
    store.replace(Sample.SCHEMA, rows(sample(A, 1)), List.of(A));
    store.replace(Sample.SCHEMA, rows(), List.of(B));
    store.replace(Sample.SCHEMA, rows(), List.of());
    assertThat(versions()).isEqualTo(1);
  }

  @Test
  void eachChangeIsOneVersionAndOldVersionsStayReadable() throws Exception {
    store.replace(Sample.SCHEMA, rows(sample(A, 1), sample(B, 2)), List.of(A, B));
    store.replace(Sample.SCHEMA, rows(sample(A, 3)), List.of(A));
    assertThat(versions()).isEqualTo(2);
    Dataset<Row> first =
        SparkSession.builder()
            .sparkContext(spark.sc())
            .getOrCreate()
            .read()
            .format("delta")
            .option("versionAsOf", 0)
            .load(store.path("sample"));
    assertThat(first.count()).isEqualTo(2);
  }

  @Test
  void failedWriteLeavesTheOldRows() {
    store.replace(Sample.SCHEMA, rows(sample(A, 1)), List.of(A));
    JavaRDD<TableRecord> broken =
        rows(sample(A, 2), sample(A, 3))
            .map(
                row -> {
                  if (((Sample) row).number() == 3) {
                    throw new IllegalStateException("a row that cannot be made");
                  }
                  return row;
                });
    assertThatThrownBy(() -> store.replace(Sample.SCHEMA, broken, List.of(A)))
        .isInstanceOf(SparkException.class);
    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void readerOfTheOldTableKeepsItWhileTheNewOneComes() {
    store.replace(Sample.SCHEMA, rows(sample(A, 1)), List.of(A));
    StoredTable old = store.stored("sample").orElseThrow();
    store.commit(new TableChange(Sample.SCHEMA, rows(sample(A, 2)), new Everything()));
    assertThat(old.rows(old.columns()).map(row -> row.cell(2)).collect()).containsExactly(1);
    assertThat(numbers()).containsExactly(2);
  }

  @Test
  void appendedRowsJoinTheOldOnes() {
    store.commit(new TableChange(Sample.SCHEMA, rows(sample(A, 1)), new Nothing()));
    store.commit(new TableChange(Sample.SCHEMA, rows(sample(A, 2)), new Nothing()));
    assertThat(numbers()).containsExactly(1, 2);
  }

  @Test
  void newColumnsAreAddedAndEmptyInOldRows() {
    store.replace(Sample.SCHEMA, rows(sample(A, 1)), List.of(A));
    store.replace(WiderSample.SCHEMA, rows(new WiderSample("b")), List.of(B));
    store.replace(Sample.SCHEMA, rows(sample(A, 5)), List.of(A));
    Dataset<Row> table = table();
    assertThat(table.filter("course_key = 'a' AND t IS NULL AND number = 5").count()).isEqualTo(1);
    assertThat(table.filter("t = 'new' AND i = 1 AND l = 1 AND b").count()).isEqualTo(1);
  }

  @Test
  void numberThatIsNoneLeavesItsCellEmpty() {
    store.replace(
        Sample.SCHEMA, rows(new Sample("a", "p", 1, Double.NaN), sample(A, 2)), List.of(A));
    assertThat(table().filter("dose_gy IS NULL").count()).isEqualTo(1);
  }

  @Test
  void rowsOfAnotherTableAreRefused() {
    TableSchema<Sample> other =
        new TableSchema<>("other", "Other", List.of(), Sample.SCHEMA.columns());
    assertThatThrownBy(() -> store.replace(other, rows(sample(A, 1)), List.of(A)))
        .hasMessageContaining("a row of table sample was given to table other");
  }

  @Test
  void coursesOfATableWithoutCourseKeyAreRefused() {
    TableSchema<Sample> runs =
        new TableSchema<>("runs", "Runs", List.of(), Sample.SCHEMA.columns().subList(2, 3));
    assertThatThrownBy(() -> store.replace(runs, rows(), List.of(A)))
        .hasMessage("table runs has no column course_key");
  }

  @Test
  void patientIdsAreDroppedOrReplacedByAStablePseudonym() {
    for (PatientIds.Rule rule : PatientIds.Rule.values()) {
      PatientIds ids = PatientIds.of(rule, new byte[] {1, 2, 3});
      TableStore edge = new TableStore(spark, output.resolve(ids.toString()).toString(), 1, ids);
      edge.replace(Sample.SCHEMA, rows(sample(A, 7)), List.of(A));
      String cell = edge.table("sample").orElseThrow().first().getString(1);
      switch (rule) {
        case KEEP -> assertThat(cell).isEqualTo("p7");
        case PSEUDONYM ->
            assertThat(cell).matches("[a-z2-7]{26}").isEqualTo(ids.cell("p7")).isNotEqualTo("p7");
        case DROP -> assertThat(cell).isNull();
        default -> throw new IllegalStateException("a rule without a check: " + rule);
      }
    }
  }

  @Test
  void pseudonymWithoutKeyIsRefused() {
    assertThatThrownBy(() -> PatientIds.of(PatientIds.Rule.PSEUDONYM, new byte[0]))
        .hasMessageContaining("site key");
  }

  private JavaRDD<TableRecord> rows(TableRecord... rows) {
    return spark.parallelize(List.of(rows), 3);
  }

  private static Sample sample(CourseId course, int number) {
    return new Sample(course.key(), "p" + number, number, number + .5);
  }

  private Dataset<Row> table() {
    return store.table("sample").orElseThrow();
  }

  private List<Integer> numbers() {
    return table().select("number").collectAsList().stream()
        .map(r -> r.getInt(0))
        .sorted()
        .toList();
  }

  private long versions() throws Exception {
    try (Stream<Path> log = Files.list(output.resolve("tables/sample/_delta_log"))) {
      return log.filter(file -> file.toString().endsWith(".json")).count();
    }
  }
}
