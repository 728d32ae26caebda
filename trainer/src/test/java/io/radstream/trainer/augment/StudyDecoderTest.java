package io.radstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.StudyTuple;
import io.radstream.trainer.Tuples;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StudyDecoderTest {

  private static final ModelInput INPUT = new ModelInput(32);

  @Test
  void shouldLeaveOutAViewThatCannotBeDecoded() throws IOException {
    GrayImage bar = Tuples.bar(4, 16);
    byte[] good = Tuples.png(bar);
    byte[] truncated = Arrays.copyOf(good, good.length / 2);
    StudyDecoder decoder = new StudyDecoder(INPUT, 100, 100);

    PreparedStudy study = decoder.decode(tuple("left effusion", truncated, good), "0@1");

    assertThat(study.views()).hasSize(1);
    assertThat(study.views().get(0).pixels()).isEqualTo(INPUT.resize(bar).pixels());
    assertThat(decoder.unreadable()).isEqualTo(1);
  }

  @Test
  void shouldSayThatNoViewIsLeft() throws IOException {
    PreparedStudy study =
        new StudyDecoder(INPUT, 100, 100).decode(tuple("left effusion", new byte[10]), "0@1");

    assertThat(study.hasView()).isFalse();
  }

  @Test
  void shouldCutALongReportAndKeepItsEnd() throws IOException {
    StudyTuple tuple = tuple("small left pleural effusion", Tuples.png(Tuples.bar(4, 16)));

    int[] tokens = new StudyDecoder(INPUT, 4, 100).decode(tuple, "0@1").report().decoder();

    try (ReportTokenizer tokenizer = Tuples.tokenizer()) {
      assertThat(tokens).isEqualTo(tokenizer.encode("small left pleural effusion", 4));
    }
  }

  private static StudyTuple tuple(String report, byte[]... images) throws IOException {
    try (ReportTokenizer tokenizer = Tuples.tokenizer()) {
      return Tuples.tuple("s", 1, tokenizer, report, images);
    }
  }
}
