package io.radstream.streams;

import static io.radstream.streams.StageDriver.CONFIG;
import static io.radstream.streams.Studies.finalReport;
import static io.radstream.streams.Studies.merge;
import static io.radstream.streams.Studies.reportOf;
import static io.radstream.streams.Studies.study;
import static io.radstream.streams.Studies.viewsOf;
import static io.radstream.streams.Studies.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.radiology.Sha256;
import io.radstream.schemas.RejectedStudy;
import io.radstream.schemas.RejectionReason;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.View;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stage remembers, for how long, and in which form. */
class StageStateTest {

  private static final long START_MILLIS = 1_767_225_600_000L;

  @TempDir private Path stateDir;

  @Test
  void shouldHoldNothingOfAStudyOnceItIsNotKeptAnyMore() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("whole", 1), 0);
      stage.publish(viewsOf("incomplete", 2), 0);
      stage.publish(study("incomplete", "another", null, 2), 0);
      stage.publish(study("damaged", "p", finalReport(Studies.REPORT), List.of(broken())), 0);
      stage.publish("garbage", "no Avro".getBytes(StandardCharsets.UTF_8), 0);
      assertThat(everythingIn(stage)).isNotEmpty();

      stage.publish("garbage", "no Avro either".getBytes(StandardCharsets.UTF_8), 5000);

      assertThat(everythingIn(stage)).isEmpty();
    }
  }

  @Test
  void shouldHoldNoRecordInMemoryOnceItsStudyIsDecided() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      List<WeakReference<byte[]>> records = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        byte[] record = Studies.bytes(whole("study " + i, i));
        records.add(new WeakReference<>(record));
        stage.publish("study " + i, record, i);
      }
      assertThat(stage.tuples()).hasSize(20);
      stage.loseLog();

      stage.publish(whole("last", 1), 20);

      System.gc();

      assertThat(records).extracting(WeakReference::get).containsOnlyNulls();
    }
  }

  /** A study that comes again after that is a new one. */
  @Test
  void shouldNotKnowAStudyAgainThatItHasForgotten() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(whole("s", 1), 0);
      stage.publish(whole("s", 1), 3599);
      stage.publish(whole("other", 2), 3601);
      stage.publish(whole("s", 1), 3602);

      assertThat(stage.tuples())
          .extracting(tuple -> tuple.getStudyId() + " " + tuple.getRevision())
          .containsExactly("s 1", "other 1", "s 1");
    }
  }

  @Test
  void shouldRememberMergesOfPatientsForEver() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(merge("survivor", "former"), 0);
      stage.publish(study("s", "former", finalReport(Studies.REPORT), 1), 1_000_000);

      assertThat(only(stage.tuples()).getPatientId()).isEqualTo("survivor");
    }
  }

  @Test
  void shouldHoldNoPixels() {
    try (StageDriver stage = new StageDriver(CONFIG, stateDir)) {
      stage.publish(study("s", "p", null, List.of(Studies.view("large", Studies.png(600, 1)))), 0);

      long bytes =
          everythingIn(stage).stream()
              .mapToLong(entry -> entry.key.get().length + entry.value.length)
              .sum();
      assertThat(bytes).isBetween(1L, 1000L);
    }
  }

  @Test
  void shouldReadPartsAgainThatAreNotInMemory() {
    try (StageDriver stage = new StageDriver(Studies.CONNECTION, CONFIG, stateDir, 0)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(viewsOf("other", 3), 1);
      stage.publish(reportOf("s", finalReport(Studies.REPORT)), 2);
      stage.publish(viewsOf("s", 2), 3);

      assertThat(stage.tuples())
          .extracting(StageStateTest::ids)
          .containsExactly(List.of("view 1"), List.of("view 1", "view 2"));
    }
  }

  @Test
  void shouldRejectAStudyOnceWhoseRecordsAreGoneFromTheTopic() {
    try (StageDriver stage = new StageDriver(Studies.CONNECTION, CONFIG, stateDir, 0)) {
      stage.publish(viewsOf("s", 1), 0);
      stage.publish(viewsOf("s", 2), 1);
      stage.cutTopic();
      stage.publish(reportOf("s", finalReport(Studies.REPORT)), 2);

      RejectedStudy rejected = only(stage.rejections());
      assertThat(rejected.getReason()).isEqualTo(RejectionReason.OTHER);
      assertThat(rejected.getMessage()).contains("no longer on the topic");
      assertThat(rejected.getOffset()).isZero();
      assertThat(rejected.getOriginal()).isNull();
      stage.publish(whole("s", 1, 2), 3);
      assertThat(ids(only(stage.tuples()))).containsExactly("view 1", "view 2");
      assertThat(stage.rejections()).isEmpty();
    }
  }

  /** The form of before: text, with whole digests, and the parts' bytes in a store beside it. */
  @Test
  void shouldGoOnWithStudiesThatAnOlderVersionLeftOpen() {
    byte[] views = Studies.bytes(viewsOf("open", 1));
    try (StageDriver stage = new StageDriver(Studies.CONNECTION, CONFIG, stateDir, 0)) {
      long due = START_MILLIS + 600_000;
      leave(stage, "open", earlier("patient of open", "[0]", views, true, false, 0, "", due), due);
      leave(
          stage,
          "long ago",
          earlier("p", "[]", views, false, true, 3, "old", Long.MAX_VALUE),
          Long.MAX_VALUE);
      putAtOffsetZero(stage, views);

      stage.publish("open", views, 1);
      stage.publish(reportOf("open", finalReport(Studies.REPORT)), 2);

      assertThat(ids(only(stage.tuples()))).containsExactly("view 1");
      assertThat(stage.store(StudyStore.PROGRESS).get(Bytes.wrap(utf8("long ago")))).isNull();
      stage.publish(merge("another", "patient of open"), 3);
      StudyTuple revision = only(stage.tuples());
      assertThat(revision.getPatientId()).isEqualTo("another");
      assertThat(revision.getRevision()).isEqualTo(2);
      assertThat(stage.rejections()).isEmpty();
    }
  }

  /** The form in which no part waits: as that version wrote it, byte for byte. */
  @Test
  void shouldGoOnWithStudiesOfBeforePartsCouldWait() throws IOException {
    byte[] views = Studies.bytes(viewsOf("open", 1));
    try (StageDriver stage = new StageDriver(Studies.CONNECTION, CONFIG, stateDir, 0)) {
      long due = START_MILLIS + 600_000;
      leave(stage, "open", withoutWaiting("patient of open", views, due), due);
      putAtOffsetZero(stage, views);

      stage.publish("open", views, 1);
      stage.publish(study("open", "another", finalReport(Studies.REPORT)), 2);
      stage.publish(reportOf("open", finalReport(Studies.REPORT)), 3);

      assertThat(ids(only(stage.tuples()))).containsExactly("view 1");
      assertThat(stage.rejections()).isEmpty();
    }
  }

  private static byte[] withoutWaiting(String patient, byte[] seen, long due) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(2); // the version
      out.writeByte(1); // a view is there, no report, nothing was decided
      out.writeByte(0); // no tuple
      out.writeInt(0);
      out.writeLong(START_MILLIS);
      out.writeLong(due);
      out.writeInt(patient.length());
      out.writeBytes(patient);
      out.writeInt(0);
      out.writeInt(0);
      out.writeInt(1); // one part, at offset 0
      out.writeLong(0);
      out.writeInt(0);
      out.writeInt(1); // one record was seen
      out.write(HexFormat.of().parseHex(Sha256.of(seen)), 0, 16);
    }
    return bytes.toByteArray();
  }

  @Test
  void shouldSetAnOpenStudyOfAnOlderVersionAsideAtItsDeadline() {
    byte[] views = Studies.bytes(viewsOf("open", 1));
    try (StageDriver stage = new StageDriver(Studies.CONNECTION, CONFIG, stateDir, 0)) {
      long due = START_MILLIS + 600_000;
      leave(stage, "open", earlier("patient of open", "[0]", views, true, false, 0, "", due), due);
      putAtOffsetZero(stage, views);

      stage.publish(whole("other", 3), 700);

      RejectedStudy rejected = only(stage.rejections());
      assertThat(rejected.getReason()).isEqualTo(RejectionReason.NO_REPORT);
      assertThat(rejected.getOriginal()).isEqualTo(ByteBuffer.wrap(views));
    }
  }

  private static String earlier(
      String patient,
      String parts,
      byte[] seen,
      boolean view,
      boolean decided,
      int revision,
      String outcome,
      long due) {
    return """
        {"patientId":"%s","parts":%s,"seen":["%s"],"viewSeen":%s,"reportSeen":false,"decided":%s,\
        "revision":%d,"unreported":false,"outcome":"%s","lastPart":%d,"due":%d}"""
        .formatted(
            patient, parts, Sha256.of(seen), view, decided, revision, outcome, START_MILLIS, due);
  }

  private static void leave(StageDriver stage, String study, String progress, long due) {
    leave(stage, study, utf8(progress), due);
  }

  private static void leave(StageDriver stage, String study, byte[] progress, long due) {
    stage.store(StudyStore.PROGRESS).put(Bytes.wrap(utf8(study)), progress);
    byte[] key = utf8(study);
    if (due != Long.MAX_VALUE) {
      stage
          .store(StudyStore.DUE)
          .put(
              Bytes.wrap(
                  ByteBuffer.allocate(Long.BYTES + key.length).putLong(due).put(key).array()),
              new byte[0]);
    }
  }

  /** Where the older version had read it; under a key that is not its own, it is no part here. */
  private static void putAtOffsetZero(StageDriver stage, byte[] views) {
    stage.publish("garbage", views, 0);
    assertThat(stage.rejections()).hasSize(1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<KeyValue<Bytes, byte[]>> everythingIn(StageDriver stage) {
    List<KeyValue<Bytes, byte[]>> all = new ArrayList<>();
    for (String store : List.of(StudyStore.PROGRESS, StudyStore.DUE, StudyStore.PATIENTS)) {
      try (KeyValueIterator<Bytes, byte[]> entries = stage.store(store).all()) {
        entries.forEachRemaining(all::add);
      }
    }
    return all;
  }

  private static View broken() {
    return View.newBuilder(Studies.view(1)).setSha256("another").build();
  }

  private static List<String> ids(StudyTuple tuple) {
    return tuple.getViews().stream().map(View::getViewId).toList();
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }
}
