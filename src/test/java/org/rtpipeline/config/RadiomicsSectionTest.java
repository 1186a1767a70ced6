package org.rtpipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rtpipeline.model.Tracer;
import org.rtpipeline.radiomics.IbsiParameters;
import org.rtpipeline.radiomics.ParameterSet;
import org.rtpipeline.radiomics.PyRadiomicsParameters;
import org.rtpipeline.radiomics.RadiomicsMode;
import org.rtpipeline.radiomics.RadiomicsSettings;

final class RadiomicsSectionTest {

  @TempDir Path folder;

  @Test
  void theShippedParametersAreThoseOfTheFolderConf() throws Exception {
    RadiomicsSettings settings = settings();
    for (String modality : List.of("ct", "mr")) {
      ParameterSet set = settings.of(modality.toUpperCase(java.util.Locale.ROOT)).orElseThrow();
      String yaml = Files.readString(Path.of("conf/radiomics/" + modality + ".yaml"));
      assertThat(set).isEqualTo(new ParameterSet(modality, PyRadiomicsParameters.read(yaml)));
    }
    for (String name : RadiomicsParameters.SHIPPED) {
      assertThat(RadiomicsParameters.of(RadiomicsMode.PYRADIOMICS, name).name()).isEqualTo(name);
    }
    assertThat(settings.of("PT")).isEmpty();
    assertThat(settings.of(Tracer.Family.FDG))
        .contains(RadiomicsParameters.of(RadiomicsMode.PYRADIOMICS, "pet-fdg"));
    assertThat(settings.of(Tracer.Family.PSMA))
        .contains(RadiomicsParameters.of(RadiomicsMode.PYRADIOMICS, "pet-psma"));
    assertThat(settings.of(Tracer.Family.OTHER)).isEmpty();
    assertThat(settings.skips("Couch_Surface")).isTrue();
    assertThat(settings.skips("PTV")).isFalse();
    assertThat(settings.limits())
        .isEqualTo(
            new RadiomicsSettings.Limits(
                64, 15_000_000, RadiomicsSettings.LargeRois.REDUCED, 128L << 20));
  }

  @Test
  void aParameterFileTakesThePlaceOfAShippedSet() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.yaml"), "setting: {binWidth: 5}\n");
    Path plain = Files.writeString(folder.resolve("mine"), "setting: {binWidth: 5}\n");

    RadiomicsSettings settings = settings("ct-parameters=" + file, "mr-parameters=" + plain);

    assertThat(settings.of("CT").orElseThrow().name()).isEqualTo("mine");
    assertThat(settings.of("CT")).isEqualTo(settings.of("MR"));
  }

  @Test
  void eachModeHasSetsOfItsOwn() throws Exception {
    for (String name : RadiomicsParameters.SHIPPED) {
      ParameterSet set = RadiomicsParameters.of(RadiomicsMode.IBSI, name);
      assertThat(set.mode()).isEqualTo(RadiomicsMode.IBSI);
      String yaml = Files.readString(Path.of("conf/radiomics/ibsi/" + name + ".yaml"));
      assertThat(set.options()).isEqualTo(IbsiParameters.read(yaml));
    }
    assertThat(settings("mode=ibsi").of("CT").orElseThrow().mode()).isEqualTo(RadiomicsMode.IBSI);
    assertThat(settings().of("CT").orElseThrow().mode()).isEqualTo(RadiomicsMode.PYRADIOMICS);
  }

  @Test
  void aFileOfTheOtherModeIsRefused() {
    assertThat(refused("ct-parameters=conf/radiomics/ibsi/ct.yaml"))
        .contains("is a file of the mode ibsi, and radiomics.mode is pyradiomics");
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> settings("mode=ibsi", "ct-parameters=conf/radiomics/ct.yaml"));
    assertThat(refused.problems().toString()).contains("mode must be ibsi");
  }

  @Test
  void aModalityMayBeLeftOut() throws Exception {
    assertThat(settings("mr-parameters=none").of("MR")).isEmpty();
  }

  @Test
  void parametersThatCannotBeUsedAreNamedWithTheirKey() throws IOException {
    Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "setting: {binWidht: 5}\n");
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xc3, 1});
    assertThat(refused("ct-parameters=absent"))
        .contains("there is no file absent, and no set of that name: ct, mr, pet-fdg, pet-psma");
    assertThat(refused("ct-parameters=" + wrong))
        .contains("wrong.yaml: line 1: binWidht is not supported");
    assertThat(refused("mr-parameters=" + binary)).contains("cannot be read as text");
    assertThat(refused("large-roi-mode=half")).contains("expected one of reduced, skip");
  }

  private static RadiomicsSettings settings(String... texts) throws ConfigurationException {
    List<Setting> settings = new ArrayList<>();
    for (String text : texts) {
      settings.add(Setting.of("radiomics." + text));
    }
    return Sections.job(new JobSource(null, settings, Set.of())).radiomics();
  }

  private static String refused(String text) {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> settings(text));
    return refused.problems().toString();
  }
}
