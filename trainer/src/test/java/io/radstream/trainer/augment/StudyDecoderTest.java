package io.radstream.trainer.augment;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.report.ReportTokenizer;
import io.radstream.schemas.StudyTuple;
import io.radstream.trainer.Tuples;
import io.radstream.trainer.timing.PhaseTimes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyDecoderTest {

  private static final ModelInput INPUT = new ModelInput(32);
  private static final int[] ALL_ONE = {0, 0, 0};

  @Test
  void shouldLeaveOutAViewThatCannotBeDecoded() throws IOException {
    GrayImage bar = Tuples.bar(4, 16);
    byte[] good = Tuples.png(bar);
    byte[] truncated = Arrays.copyOf(good, good.length / 2);
    StudyDecoder decoder = decoder(100);

    PreparedStudy study = decoder.decode(tuple("left effusion", truncated, good), "0@1");

    List<GrayImage> drawn = study.views().draw(count -> count == 2 ? new int[] {0, 0, 1} : ALL_ONE);
    assertThat(drawn)
        .hasSize(3)
        .allSatisfy(view -> assertThat(view.pixels()).isEqualTo(INPUT.resize(bar).pixels()));
    assertThat(decoder.unreadable()).isEqualTo(1);
  }

  @Test
  void shouldDecodeOnlyWhatIsShown() throws IOException {
    byte[] image = Tuples.png(Tuples.bar(4, 16));
    byte[] unreadable = new byte[10];
    StudyDecoder decoder = decoder(100);
    PreparedStudy study =
        decoder.decode(tuple("left", image, image, unreadable, image, unreadable), "0@1");

    study.views().decode(count -> new int[] {1, 3, 3});

    assertThat(study.hasView()).isTrue();
    assertThat(study.views().count()).isEqualTo(5);
    assertThat(study.views().shown()).hasSize(2);
    assertThat(decoder.unreadable()).isZero();
  }

  @Test
  void shouldSayThatNoViewIsLeft() throws IOException {
    PreparedStudy study = decoder(100).decode(tuple("left effusion", new byte[10]), "0@1");

    study.views().decode(count -> ALL_ONE);

    assertThat(study.hasView()).isFalse();
  }

  @Test
  void shouldCutALongReportAndKeepItsEnd() throws IOException {
    StudyTuple tuple = tuple("small left pleural effusion", Tuples.png(Tuples.bar(4, 16)));

    int[] tokens = decoder(4).decode(tuple, "0@1").report().decoder();

    try (ReportTokenizer tokenizer = Tuples.tokenizer()) {
      assertThat(tokens).isEqualTo(tokenizer.encode("small left pleural effusion", 4));
    }
  }

  @Test
  void shouldNotDecodeWhatTheStoreHas(@TempDir Path directory) throws IOException {
    byte[] image = Tuples.png(Tuples.bar(4, 16));
    GrayImage kept = INPUT.resize(Tuples.bar(8, 16));
    try (ViewStore store = ViewStore.open(directory, 1 << 20, INPUT.resizedSide())) {
      store.put(ViewStore.key(image), kept);
      StudyDecoder decoder =
          new StudyDecoder(INPUT, 100, 100, new PhaseTimes(Clock.systemUTC()), Optional.of(store));

      PreparedStudy study = decoder.decode(tuple("left", image), "0@1");

      assertThat(study.views().draw(count -> ALL_ONE))
          .allSatisfy(view -> assertThat(view.pixels()).isEqualTo(kept.pixels()));
    }
  }

  @Test
  void shouldPutWhatItDecodesIntoTheStore(@TempDir Path directory) throws IOException {
    byte[] image = Tuples.png(Tuples.bar(4, 16));
    try (ViewStore store = ViewStore.open(directory, 1 << 20, INPUT.resizedSide())) {
      StudyDecoder decoder =
          new StudyDecoder(INPUT, 100, 100, new PhaseTimes(Clock.systemUTC()), Optional.of(store));

      decoder.decode(tuple("left", image), "0@1").hasView();

      assertThat(store.find(ViewStore.key(image)).map(GrayImage::pixels))
          .contains(INPUT.resize(Tuples.bar(4, 16)).pixels());
    }
  }

  private static StudyDecoder decoder(int maxTokens) {
    return new StudyDecoder(
        INPUT, maxTokens, 100, new PhaseTimes(Clock.systemUTC()), Optional.empty());
  }

  private static StudyTuple tuple(String report, byte[]... images) throws IOException {
    try (ReportTokenizer tokenizer = Tuples.tokenizer()) {
      return Tuples.tuple("s", 1, tokenizer, report, images);
    }
  }
}
