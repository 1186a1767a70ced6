package org.rtpipeline.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.rtpipeline.config.JobSource.Place;
import org.rtpipeline.dvh.AlphaBeta;
import org.rtpipeline.dvh.ConstraintSet;
import org.rtpipeline.dvh.DvhMetric;
import org.rtpipeline.dvh.DvhOptions;
import org.rtpipeline.dvh.DvhRequest;
import org.rtpipeline.dvh.MetricRequest;
import org.rtpipeline.metadata.pet.PetOptions;
import org.rtpipeline.metadata.pet.SuvVariant;
import org.rtpipeline.model.PersonalData;
import org.rtpipeline.model.Tracer;
import org.rtpipeline.organize.DoseChoice;
import org.rtpipeline.organize.MergeRule;
import org.rtpipeline.organize.OrganizeOptions;
import org.rtpipeline.qc.CropOptions;
import org.rtpipeline.qc.CropRegion;
import org.rtpipeline.radiomics.ParameterSet;
import org.rtpipeline.radiomics.RadiomicsMode;
import org.rtpipeline.radiomics.RadiomicsSettings;
import org.rtpipeline.report.ExportOptions;
import org.rtpipeline.store.PatientIds;

/** Binds the sections of a configuration to the options of the packages that own them. */
public final class Sections {
  private static final String OF_THE_REGION = "default";

  private Sections() {}

  /**
   * The job that the command line, the job file and the defaults describe, in this order of weight.
   *
   * @param source file and settings
   * @throws ConfigurationException with every problem that was found
   */
  public static Job job(JobSource source) throws ConfigurationException {
    Config defaults = defaults();
    Reading reading = new Reading(merged(source, defaults), defaults);
    Job job = job(reading, source);
    if (!reading.problems().isEmpty()) {
      throw new ConfigurationException(reading.problems());
    }
    return job;
  }

  /** The defaults, with the environment filled in. */
  static Config defaults() {
    return ConfigFactory.parseResources(Sections.class.getClassLoader(), "reference.conf")
        .resolve()
        .withOnlyPath(Reading.ROOT);
  }

  /** Reads every section. */
  static Job job(Reading reading, JobSource source) {
    String input = place(reading, "input", source, Place.INPUT);
    String output = place(reading, "output", source, Place.OUTPUT);
    refuseNested(reading, input, output);
    return new Job(
        input,
        output,
        selection(reading),
        engine(reading),
        courses(reading),
        SegmentationSection.read(reading),
        StructuresSection.read(reading),
        cropping(reading),
        dvh(reading),
        pet(reading),
        radiomics(reading),
        privacy(reading),
        export(reading),
        phantom(reading),
        resolved(reading.merged()));
  }

  private static Selection selection(Reading r) {
    List<RequestedStage> stages = r.choices("stages", RequestedStage.class);
    String glob = r.text("course");
    Selection.Which which =
        r.either("only-failed", Selection.Which.ONLY_FAILED, Selection.Which.ALL);
    if (stages.isEmpty()) {
      r.refuse("stages", "is empty, expected at least one stage");
    }
    if (glob.isBlank()) {
      r.refuse("course", "is blank, expected a course key or a glob as *");
    }
    return new Selection(
        stages.isEmpty() ? List.of(RequestedStage.ORGANIZE) : stages,
        glob.isBlank() ? "*" : glob,
        which);
  }

  private static EngineOptions engine(Reading r) {
    return new EngineOptions(
        r.workers("engine.workers"),
        r.either("fail-fast", EngineOptions.OnBug.STOP, EngineOptions.OnBug.RECORD),
        (int) r.whole("engine.progress-seconds", 1, 3600),
        r.either("engine.ui", EngineOptions.Ui.ON, EngineOptions.Ui.OFF),
        r.text("engine.gpus"));
  }

  private static OrganizeOptions courses(Reading r) {
    return new OrganizeOptions(
        r.choice("courses.merge-rule", MergeRule.class),
        (int) r.whole("courses.max-days", 0, 36_500),
        r.either(
            "courses.link-by-folder",
            OrganizeOptions.Folders.LINK,
            OrganizeOptions.Folders.IGNORED),
        r.choice("courses.relative-doses", OrganizeOptions.RelativeDoses.class),
        doseChoices(r));
  }

  private static List<DoseChoice> doseChoices(Reading r) {
    String file = atHome(r.text("courses.dose-choices"));
    if (file.isBlank()) {
      return List.of();
    }
    try {
      List<String> lines = Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
      return r.record("courses.dose-choices", () -> DoseChoice.parse(lines), List.of());
    } catch (IOException unreadable) {
      r.refuse("courses.dose-choices", "is " + file + ", which cannot be read");
      return List.of();
    }
  }

  private static CropOptions cropping(Reading r) {
    return new CropOptions(
        r.either("cropping.enabled", CropOptions.Mode.ON, CropOptions.Mode.OFF),
        r.choice("cropping.region", CropRegion.class),
        r.decimalOr("cropping.superior-margin-mm", OF_THE_REGION, 0, 500, "mm").orElse(null),
        r.decimalOr("cropping.inferior-margin-mm", OF_THE_REGION, 0, 500, "mm").orElse(null),
        r.choices("cropping.results", CropOptions.Result.class));
  }

  private static DvhRequest dvh(Reading r) {
    return new DvhRequest(
        new DvhOptions(
            r.decimal("dvh.bin-width-gy", 0.001, 1, "Gy"),
            r.choice("dvh.end-caps", DvhOptions.EndCaps.class),
            r.choice("dvh.between-planes", DvhOptions.BetweenPlanes.class),
            r.choice("dvh.interpolation", DvhOptions.Interpolation.class),
            (int) r.whole("dvh.cells-per-roi", 1000, 10_000_000)),
        new MetricRequest(
            r.parsed("dvh.metrics", DvhMetric::parse),
            r.parsed("dvh.constraints", name -> constraints(name)),
            r.parsed("dvh.alpha-beta", AlphaBeta::parse)),
        r.either("dvh.rtdose", DvhRequest.CurveObjects.RT_DOSE, DvhRequest.CurveObjects.NONE));
  }

  private static ConstraintSet constraints(String name) {
    return ConstraintFile.isShipped(name)
        ? ConstraintFile.shipped(name)
        : ConstraintFile.read(Path.of(atHome(name)));
  }

  private static RadiomicsSettings radiomics(Reading r) {
    RadiomicsMode mode = r.choice("radiomics.mode", RadiomicsMode.class);
    Map<String, ParameterSet> parameters = new TreeMap<>();
    parameters("ct", "ct", mode, r).ifPresent(set -> parameters.put("CT", set));
    parameters("mr", "mr", mode, r).ifPresent(set -> parameters.put("MR", set));
    Map<Tracer.Family, ParameterSet> pet = new EnumMap<>(Tracer.Family.class);
    parameters("pet-fdg", "pet-fdg", mode, r).ifPresent(set -> pet.put(Tracer.Family.FDG, set));
    parameters("pet-psma", "pet-psma", mode, r).ifPresent(set -> pet.put(Tracer.Family.PSMA, set));
    parameters("pet", "pet-fdg", mode, r).ifPresent(set -> pet.put(Tracer.Family.OTHER, set));
    return new RadiomicsSettings(
        parameters,
        pet,
        r.parsed("radiomics.skip-rois", name -> name),
        new RadiomicsSettings.Limits(
            (int) r.whole("radiomics.min-voxels", 1, Integer.MAX_VALUE),
            r.whole("radiomics.max-voxels", 1, Integer.MAX_VALUE),
            r.choice("radiomics.large-roi-mode", RadiomicsSettings.LargeRois.class)));
  }

  private static PetOptions pet(Reading r) {
    return new PetOptions(
        r.parsed("pet.required-corrections", word -> word),
        r.decimal("pet.decay-guard-tolerance", 0.001, 1, "of the factor"),
        r.decimal("pet.max-uptake-hours", 0.1, 240, "hours"),
        r.decimal("pet.primary-extent", 0, 1, "of the longest series"),
        r.choice("pet.suv", SuvVariant.class));
  }

  /**
   * The parameters of a kind of images; empty when its images are not to be computed.
   *
   * @param shipped a set that stands in where the one that is asked for cannot be used
   */
  private static Optional<ParameterSet> parameters(
      String kind, String shipped, RadiomicsMode mode, Reading r) {
    String key = "radiomics." + kind + "-parameters";
    String named = r.text(key);
    return named.equals("none")
        ? Optional.empty()
        : Optional.of(
            r.record(
                key,
                () -> RadiomicsParameters.of(mode, atHome(named)),
                RadiomicsParameters.of(mode, shipped)));
  }

  private static PrivacyOptions privacy(Reading r) {
    String keyFile = atHome(r.text("privacy.key-file"));
    PatientIds.Rule identifiers = r.choice("privacy.identifiers", PatientIds.Rule.class);
    PersonalData personal = r.choice("privacy.personal-data", PersonalData.class);
    return r.record(
        "privacy.key-file",
        () -> new PrivacyOptions(keyFile, identifiers, personal),
        new PrivacyOptions("none", identifiers, personal));
  }

  private static ExportOptions export(Reading r) {
    return new ExportOptions(
        Set.copyOf(r.choices("export.formats", ExportOptions.Format.class)),
        (int) r.whole("export.sheet-rows", 2, ExportOptions.LARGEST_SHEET),
        (int) r.whole("export.report-courses", 0, 10_000));
  }

  private static PhantomSection phantom(Reading r) {
    return new PhantomSection(
        r.choice("phantom.making", PhantomSection.Making.class),
        r.choice("phantom.cohort", PhantomSection.Cohort.class),
        (int) r.whole("phantom.patients", 1, 9999),
        r.whole("phantom.seed", -Long.MAX_VALUE, Long.MAX_VALUE),
        r.choice("phantom.size", PhantomSection.Size.class));
  }

  private static Config merged(JobSource source, Config defaults) throws ConfigurationException {
    List<Problem> problems = new ArrayList<>();
    Config settings = settings(source.settings(), problems);
    Path file = source.file();
    String origin = origin(source);
    if (file != null && !Files.isRegularFile(file)) {
      problems.add(new Problem(origin, "there is no such job file"));
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    try {
      Config job =
          file == null
              ? ConfigFactory.empty()
              : ConfigFactory.parseFile(
                  file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
      return settings.withFallback(job).withFallback(defaults).resolve();
    } catch (ConfigException unreadable) {
      throw new ConfigurationException(List.of(Origins.problem(unreadable, origin)));
    }
  }

  private static String origin(JobSource source) {
    return source.file() == null ? "command line" : source.file().toString();
  }

  private static Config settings(List<Setting> settings, List<Problem> problems) {
    Config all = ConfigFactory.empty();
    for (Setting setting : settings) {
      try {
        all =
            ConfigFactory.empty().withValue(path(setting.key()), value(setting)).withFallback(all);
      } catch (ConfigException unreadable) {
        problems.add(new Problem(setting.where(), Origins.problem(unreadable, "").message()));
      }
    }
    return all;
  }

  private static String path(String key) {
    String first = ConfigUtil.splitPath(key).get(0);
    return first.equals(Reading.ROOT) ? key : Reading.ROOT + "." + key;
  }

  private static ConfigValue value(Setting setting) {
    String text = setting.value();
    if (!text.startsWith("[") && !text.startsWith("{") && !text.startsWith("\"")) {
      return ConfigValueFactory.fromAnyRef(text, setting.where());
    }
    return ConfigFactory.parseString(
            "value = " + text, ConfigParseOptions.defaults().setOriginDescription(setting.where()))
        .getValue("value");
  }

  /** A path as it is when it has a scheme, else made absolute. */
  private static String place(Reading r, String key, JobSource source, Place place) {
    String text = r.text(key);
    if (text.isBlank()) {
      if (source.needed().contains(place)) {
        r.refuseAt(
            origin(source),
            key + " is not set: say --" + key + " FOLDER, or " + key + " = … in a job file");
      }
      return "";
    }
    return hasScheme(text) ? text : Path.of(atHome(text)).toAbsolutePath().normalize().toString();
  }

  private static void refuseNested(Reading r, String input, String output) {
    if (!input.isEmpty() && (output + "/").startsWith(input.replaceFirst("/+$", "") + "/")) {
      r.refuse("output", "is " + output + ", expected a folder outside the input " + input);
    }
  }

  private static boolean hasScheme(String text) {
    return text.matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
  }

  private static String atHome(String path) {
    return path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
  }

  private static ResolvedConfiguration resolved(Config merged) {
    Config ours = merged.withOnlyPath(Reading.ROOT);
    return new ResolvedConfiguration(
        Origins.lines(ours), sha256(ours.root().render(ConfigRenderOptions.concise())));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
