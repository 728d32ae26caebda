package io.radstream.streams;

import static io.radstream.streams.StageDriver.CONFIG;
import static io.radstream.streams.Studies.finalReport;
import static io.radstream.streams.Studies.report;
import static io.radstream.streams.Studies.reportOf;
import static io.radstream.streams.Studies.retraction;
import static io.radstream.streams.Studies.study;
import static io.radstream.streams.Studies.tokens;
import static io.radstream.streams.Studies.viewsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.Sha256;
import io.radstream.schemas.ReportStatus;
import io.radstream.schemas.Study;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.View;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The forms of a study's progress that versions have written, byte for byte, with all that they can
 * hold: whoever changes the form adds a test of the one before.
 */
class StoredFormsTest {

  private static final long START_MILLIS = 1_767_225_600_000L;
  private static final long KEPT_UNTIL = START_MILLIS + 3_600_000;
  private static final byte WITHOUT_WAITING = 2;
  private static final byte WITH_WAITING = 3;
  private static final int VIEW = 1;
  private static final int REPORT = 2;
  private static final int DECIDED = 8;
  private static final int TRAIN = 1;

  private static final Study VIEWS = viewsOf("s", 1);
  private static final Study FIRST_REPORT = reportOf("s", finalReport(Studies.REPORT));
  private static final String AMENDED = "FINDINGS: Small left effusion.";

  @TempDir private Path stateDir;

  /** Revision 3 of a study that lies on the training side. */
  @ParameterizedTest
  @ValueSource(bytes = {WITHOUT_WAITING, WITH_WAITING})
  void shouldGoOnWithAStudyThatWasDecided(byte version) {
    try (StageDriver stage = new StageDriver(Studies.CONNECTION, CONFIG, stateDir, 0)) {
      leave(stage, version, VIEW | REPORT | DECIDED, KEPT_UNTIL, List.of(0L, 1L));

      stage.publish(reportOf("s", report(AMENDED, ReportStatus.AMENDED, 2)), 2);
      stage.publish(FIRST_REPORT, 3);

      StudyTuple tuple = only(stage.tuples());
      assertThat(tuple.getRevision()).isEqualTo(4);
      assertThat(tuple.getTokens()).isEqualTo(tokens(AMENDED));
      assertThat(tuple.getViews()).extracting(View::getViewId).containsExactly("view 1");
      stage.publish(retraction("s", VIEWS.getPatientId(), true, 1), 4);
      StudyTuple taken = only(stage.tuples());
      assertThat(taken.getViews()).isEmpty();
      assertThat(taken.getRevision()).isEqualTo(5);
      assertThat(stage.rejections()).isEmpty();
    }
  }

  /** The views of one patient, and behind them the report of another that waits. */
  @Test
  void shouldGoOnWithAPartThatWaits() {
    Study waiting = study("s", "another", finalReport(AMENDED));
    try (StageDriver stage = new StageDriver(Studies.CONNECTION, CONFIG, stateDir, 0)) {
      leave(stage, WITH_WAITING, VIEW, START_MILLIS + 600_000, List.of(0L), waiting);
      stage.publish("garbage", Studies.bytes(waiting), 2);

      long before = stage.status().waitingParts();
      stage.publish(retraction("s", VIEWS.getPatientId(), false, 1), 3);
      stage.publish(study("s", "another", null, 2), 4);

      assertThat(before).isEqualTo(1);
      assertThat(stage.status().waitingParts()).isZero();
      StudyTuple tuple = only(stage.tuples());
      assertThat(tuple.getPatientId()).isEqualTo("another");
      assertThat(tuple.getTokens()).isEqualTo(tokens(AMENDED));
    }
  }

  /** Puts the state there as it was left, and what it tells of on the topic, under other keys. */
  private static void leave(
      StageDriver stage, byte version, int flags, long due, List<Long> offsets, Study... waiting) {
    byte[] key = "s".getBytes(StandardCharsets.UTF_8);
    byte[] progress = progress(version, flags, due, offsets, waiting);
    stage.store(StudyStore.PROGRESS).put(Bytes.wrap(key), progress);
    byte[] dueKey = ByteBuffer.allocate(Long.BYTES + 1).putLong(due).put(key).array();
    stage.store(StudyStore.DUE).put(Bytes.wrap(dueKey), new byte[0]);
    stage.publish("garbage", Studies.bytes(VIEWS), 0);
    stage.publish("garbage", Studies.bytes(FIRST_REPORT), 1);
    assertThat(stage.rejections()).hasSize(2);
  }

  private static byte[] progress(
      byte version, int flags, long due, List<Long> offsets, Study... waiting) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      boolean decided = (flags & DECIDED) != 0;
      out.writeByte(version);
      out.writeByte(flags);
      out.writeByte(decided ? TRAIN : 0);
      out.writeInt(decided ? 3 : 0);
      out.writeLong(START_MILLIS);
      out.writeLong(due);
      writeText(out, VIEWS.getPatientId());
      writeText(out, decided ? VIEWS.getPatientId() : "");
      writeText(out, decided ? "digest of the tuple" : "");
      out.writeInt(offsets.size());
      for (long offset : offsets) {
        out.writeLong(offset);
      }
      out.writeInt(0); // nothing was taken back
      out.writeInt(2);
      writeDigest(out, VIEWS);
      writeDigest(out, FIRST_REPORT);
      if (version == WITH_WAITING) {
        out.writeInt(waiting.length);
        for (int i = 0; i < waiting.length; i++) {
          out.writeLong(i + 2); // where it stands on the topic
          writeText(out, waiting[i].getPatientId());
          writeDigest(out, waiting[i]);
          out.writeBoolean(false); // it takes nothing back
          out.writeLong(START_MILLIS + 600_000);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    out.writeInt(text.length());
    out.writeBytes(text);
  }

  private static void writeDigest(DataOutputStream out, Study record) throws IOException {
    out.write(HexFormat.of().parseHex(Sha256.of(Studies.bytes(record))), 0, 16);
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}
