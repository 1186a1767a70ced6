package org.rtpipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OptionsTest {
  @Test
  void workersFoldIntoTheirKind() {
    assertThat(Workers.auto().<Integer>fold(() -> 0, Workers.Cap::tasks)).isZero();
    assertThat(Workers.atMost(4).<Integer>fold(() -> 0, Workers.Cap::tasks)).isEqualTo(4);
    assertThat(Workers.auto()).hasToString("auto");
    assertThat(Workers.atMost(4)).hasToString("4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "four", "AUTO", "00", " 4"})
  void textThatIsNoCountIsNoWorkers(String text) {
    assertThat(Workers.parse(text)).isEmpty();
  }

  @Test
  void lessThanOneTaskIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Workers.atMost(0))
        .withMessageContaining("workers is 0");
  }

  @Test
  void stagesStandInTheOrderTheyRun() {
    Selection selection =
        new Selection(
            List.of(RequestedStage.DVH, RequestedStage.ORGANIZE, RequestedStage.DVH),
            "*",
            Selection.Which.ALL);
    assertThat(selection.stages()).containsExactly(RequestedStage.ORGANIZE, RequestedStage.DVH);
    assertThat(selection.asksFor(RequestedStage.DVH)).isTrue();
  }

  @Test
  void aSettingNeedsAKey() {
    assertThatIllegalArgumentException().isThrownBy(() -> Setting.of("=1"));
    assertThatIllegalArgumentException().isThrownBy(() -> Setting.of("dvh"));
    assertThat(Setting.of("a.b = c=d")).isEqualTo(new Setting("a.b", "c=d", "--set a.b = c=d"));
  }

  @Test
  void optionsWithoutMeaningAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new EngineOptions(
                    Workers.auto(), EngineOptions.OnBug.STOP, 0, EngineOptions.Ui.OFF));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PhantomSection(
                    PhantomSection.Making.NEVER,
                    PhantomSection.Cohort.PLAIN,
                    0,
                    1,
                    PhantomSection.Size.SMALL));
  }
}
