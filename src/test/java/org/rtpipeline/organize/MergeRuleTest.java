package org.rtpipeline.organize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rtpipeline.organize.Headers.plan;
import static org.rtpipeline.organize.Headers.structures;
import static org.rtpipeline.organize.Headers.to;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rtpipeline.model.Reference.Role;

final class MergeRuleTest {

  @Test
  void theRuleNamesWhichEvidenceIsDearest() {
    assertThat(MergeRule.CT_STUDY.anchors(structures("rs", "s", "f"))).containsExactly("study:s");
    assertThat(MergeRule.FRAME_OF_REFERENCE.anchors(structures("rs", "s", "f")))
        .containsExactly("frame:f");
  }

  @Test
  void withoutAStudyTheFrameDecides() {
    assertThat(MergeRule.CT_STUDY.anchors(structures("rs", "", "f"))).containsExactly("frame:f");
  }

  @Test
  void withoutAFrameTheStudyDecides() {
    assertThat(MergeRule.FRAME_OF_REFERENCE.anchors(plan("p", "s", null, List.of(1))))
        .containsExactly("study:s");
  }

  @Test
  void withNeitherNothingDecides() {
    assertThat(MergeRule.CT_STUDY.anchors(structures("rs", "", ""))).isEmpty();
    assertThat(MergeRule.FRAME_OF_REFERENCE.anchors(structures("rs", "", ""))).isEmpty();
  }

  @Test
  void theFramesAnObjectRefersToStandInForItsOwn() {
    assertThat(
            MergeRule.frames(
                structures(
                    "rs",
                    "s",
                    "",
                    to(Role.FRAME_OF_REFERENCE, "g"),
                    to(Role.FRAME_OF_REFERENCE, "f"),
                    to(Role.FRAME_OF_REFERENCE, "g"))))
        .containsExactly("f", "g");
    assertThat(MergeRule.frames(structures("rs", "s", "own", to(Role.FRAME_OF_REFERENCE, "g"))))
        .containsExactly("own");
  }
}
