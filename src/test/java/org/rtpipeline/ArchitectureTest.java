package org.rtpipeline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the rooms of the house apart: which package may use which, and who alone may touch an
 * outside library.
 */
@AnalyzeClasses(packages = "org.rtpipeline", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  private static final String ROOT = "org.rtpipeline.";

  private static final List<String> SCIENCES =
      List.of("dvh", "radiomics", "qc", "metadata", "structures", "segmentation");

  /** Each package with the packages of ours that it may use besides itself. */
  private static final Map<String, List<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("geometry", List.of()),
          Map.entry("model", List.of("geometry")),
          Map.entry("dicom", List.of("model", "geometry")),
          // a leaf that the readers of YAML parameter files share
          Map.entry("yaml", List.of()),
          // files of researchers, read without DICOM
          Map.entry("images", List.of("model", "geometry")),
          Map.entry("organize", List.of("model")),
          Map.entry("dvh", List.of("model", "geometry")),
          Map.entry("radiomics", List.of("model", "geometry", "yaml")),
          Map.entry("qc", List.of("model", "geometry")),
          Map.entry("metadata", List.of("model", "geometry")),
          Map.entry("structures", List.of("model", "geometry", "yaml")),
          Map.entry("segmentation", List.of("model", "geometry", "yaml")),
          Map.entry("store", List.of("model")),
          Map.entry("report", List.of("model", "store")),
          // config fills the options records of the other packages, and nothing else of them
          Map.entry("config", with(SCIENCES, "model", "organize", "store", "report", "yaml")),
          // phantom makes whole courses as DICOM files, so it stands above the writers
          Map.entry("phantom", List.of("dicom", "model", "geometry")),
          Map.entry(
              "spark",
              with(
                  SCIENCES,
                  "model",
                  "geometry",
                  "dicom",
                  "images",
                  "organize",
                  "store",
                  "report",
                  "config")));

  private static List<String> with(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }

  @TestFactory
  Stream<DynamicTest> arrowsGoOneWay() {
    var imported =
        new com.tngtech.archunit.core.importer.ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.rtpipeline");
    return MAY_USE.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey() + " uses only " + entry.getValue(),
                    () -> usesOnly(entry.getKey(), entry.getValue()).check(imported)));
  }

  private static ArchRule usesOnly(String room, List<String> others) {
    String[] allowed =
        Stream.concat(Stream.of(room), others.stream())
            .map(name -> ROOT + name + "..")
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ROOT + room + "..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.rtpipeline..").and(resideOutsideOfPackages(allowed)))
        .allowEmptyShould(true);
  }

  @ArchTest
  static final ArchRule theDicomEngineIsTouchedByItsAdapterAlone =
      only("dicom", "org.aoju..", "org.dcm4che3..");

  @ArchTest
  static final ArchRule typesafeConfigIsTouchedByConfigAlone = only("config", "com.typesafe..");

  @ArchTest static final ArchRule yamlIsReadInOnePlace = only("yaml", "org.snakeyaml..");

  @ArchTest static final ArchRule picocliIsTouchedByCliAlone = only("cli", "picocli..");

  @ArchTest
  static final ArchRule onnxRuntimeIsTouchedByItsBackEndAlone =
      only("segmentation.onnx", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule sparkIsTouchedByTheEdgesAlone =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT + "spark..", ROOT + "store..", ROOT + "report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "io.delta..", "scala..");

  @ArchTest
  static final ArchRule engineImportsStayInTheAdapterFiles =
      classes()
          .that(touchTheEngine())
          .should()
          .haveNameMatching("org\\.rtpipeline\\.dicom\\.Dcm4cheEngine(\\$.*)?")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule valuesOfTheModelTravel =
      classes()
          .that()
          .resideInAPackage(ROOT + "model..")
          .and()
          .areRecords()
          .and()
          .doNotHaveSimpleName("Column")
          .and()
          .doNotHaveSimpleName("TableSchema")
          .should()
          .implement(Serializable.class);

  private static ArchRule only(String room, String... outside) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(outside);
  }

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> touchTheEngine() {
    return com.tngtech.archunit.base.DescribedPredicate.describe(
        "touch the DICOM engine",
        type ->
            type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getPackageName())
                .anyMatch(name -> name.startsWith("org.aoju") || name.startsWith("org.dcm4che3")));
  }
}
