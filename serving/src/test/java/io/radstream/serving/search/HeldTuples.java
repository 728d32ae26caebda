package io.radstream.serving.search;

import io.radstream.radiology.Sha256;
import io.radstream.schemas.Laterality;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.Projection;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.View;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.serving.score.FakeTexts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A source that gives what a test tells it to, to whoever followed it last. */
public final class HeldTuples implements TupleSource {

  private final List<TopicFollower.Listener<StudyTuple>> listeners = new ArrayList<>();
  private int ended;

  @Override
  public Followed follow(TopicFollower.Listener<StudyTuple> listener) {
    listeners.add(listener);
    return () -> ended++;
  }

  /** Gives all that is there to the listener of that number, from 0. */
  public void give(int listener, StudyTuple... tuples) {
    listeners.get(listener).accept(List.of(tuples), true);
  }

  int followed() {
    return listeners.size();
  }

  int ended() {
    return ended;
  }

  /** Without a report; without a view where there is no image. */
  static StudyTuple tuple(String study, int revision, byte[]... images) {
    return tuple(study, revision, List.of(), images);
  }

  /**
   * @param tokens made by the tokenizer of {@link FakeTexts}
   */
  public static StudyTuple tuple(
      String study, int revision, List<Integer> tokens, byte[]... images) {
    return StudyTuple.newBuilder()
        .setStudyId(study)
        .setPatientId("patient of " + study)
        .setRevision(revision)
        .setViews(List.of(images).stream().map(HeldTuples::view).toList())
        .setSelection(images.length == 0 ? List.of() : List.of(0, 0, 0))
        .setTokens(tokens)
        .setTokenizer(FakeTexts.FINGERPRINT)
        .setSections(List.of())
        .setOrigins(List.of())
        .build();
  }

  private static View view(byte[] image) {
    return View.newBuilder()
        .setViewId(Sha256.of(image))
        .setProjection(Projection.PA)
        .setLaterality(Laterality.UNKNOWN)
        .setPixelSpacing(null)
        .setEncoding(PixelEncoding.PNG)
        .setPixels(ByteBuffer.wrap(image))
        .setWidth(32)
        .setHeight(32)
        .setOriginalWidth(32)
        .setOriginalHeight(32)
        .setSha256(Sha256.of(image))
        .build();
  }
}
