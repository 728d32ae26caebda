package io.radstream.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.Sha256;
import io.radstream.schemas.RecordDigest;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.Report;
import io.radstream.schemas.Study;
import io.radstream.schemas.View;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the stage takes a sender's word for, and what it does not. */
class EncodedPicturesTest {

  private static final byte[] NO_PICTURE = "no picture".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path stateDir;

  @Test
  void shouldTakeTheSendersWordThatAPictureCanBeDecoded() {
    try (StageDriver stage = new StageDriver(StageDriver.CONFIG, stateDir)) {
      stage.publishEncoded(Studies.study("s", "p", report(), List.of(view(NO_PICTURE))), 0);

      assertThat(stage.rejections()).isEmpty();
      assertThat(stage.tuples()).hasSize(1);
    }
  }

  @Test
  void shouldTakeTheWordOfASenderThatDoesNotSayWhatItSent() {
    try (StageDriver stage = new StageDriver(StageDriver.CONFIG, stateDir)) {
      Study study = Studies.study("s", "p", report(), List.of(view(NO_PICTURE)));

      stage.publishEncoded(study, new byte[0], 0);

      assertThat(stage.rejections()).isEmpty();
      assertThat(stage.tuples()).hasSize(1);
    }
  }

  static Stream<byte[]> otherWords() {
    return Stream.of(new byte[0], RecordDigest.of(NO_PICTURE).bytes(), new byte[1000]);
  }

  @ParameterizedTest
  @MethodSource("otherWords")
  void shouldNotTakeItForBytesThatAreNotTheSenders(byte[] word) {
    View changed = View.newBuilder(Studies.view(1)).setSha256(Sha256.of(NO_PICTURE)).build();
    try (StageDriver stage = new StageDriver(StageDriver.CONFIG, stateDir)) {
      stage.publishEncoded(Studies.study("s", "p", report(), List.of(changed)), word, 0);

      assertThat(stage.rejections())
          .extracting(RejectedStudy::getReason)
          .containsExactly(RejectionReason.INVALID_RECORD);
    }
  }

  @Test
  void shouldNotTakeItForARecordThatIsSentAgain() {
    try (StageDriver stage = new StageDriver(StageDriver.CONFIG, stateDir)) {
      byte[] value = Studies.bytes(Studies.study("s", "p", report(), List.of(view(NO_PICTURE))));

      stage.redrive("s", value, "rejected/0/1", 0);

      assertThat(stage.rejections())
          .extracting(RejectedStudy::getReason)
          .containsExactly(RejectionReason.UNDECODABLE_IMAGE);
    }
  }

  private static View view(byte[] pixels) {
    return Studies.view("view", pixels);
  }

  private static Report report() {
    return Studies.finalReport(Studies.REPORT);
  }
}
