package io.radstream.producers.dicom.listen;

import io.radstream.producers.access.Tls;
import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.dicom.listen.ListenConfig.Limits;
import io.radstream.producers.dicom.listen.ListenConfig.Timeouts;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A listener that runs until the test closes it. */
final class Running implements AutoCloseable {

  static final Limits ROOMY = new Limits(16, 1 << 20, 1 << 24);

  private static final long PATIENCE = 60;

  private final RadiographReader reader =
      new RadiographReader(new StudyNames(""), BodyParts.CHEST, PictureRule.NONE);
  private final DicomListener listener;
  private final CompletableFuture<Void> delivery;
  private final int port;

  Running(PartSink sink, ListenConfig config) {
    listener =
        new DicomListener(
            config, reader, new Placements(Pseudonymizer.demo()), InstantSource.system());
    delivery = CompletableFuture.runAsync(() -> listener.deliver(sink), task -> start(task));
    port = listener.port().toCompletableFuture().join();
  }

  Running(PartSink sink) {
    this(sink, config(List.of(), ROOMY));
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "listening");
    thread.setDaemon(true);
    thread.start();
  }

  static ListenConfig config(List<String> peers, Limits limits) {
    return config(peers, limits, Timeouts.DEFAULT, Optional.empty());
  }

  static ListenConfig config(
      List<String> peers, Limits limits, Timeouts timeouts, Optional<Tls> tls) {
    return new ListenConfig(
        "127.0.0.1",
        0,
        new AeTitle("RADSTREAM"),
        CallingPeers.of(peers),
        limits,
        timeouts,
        tls,
        UnwantedAnswer.WARNING);
  }

  /** Short for what is to run out, long for all else. */
  static Timeouts runningOut(boolean request, boolean idle, boolean object) {
    Duration soon = Duration.ofMillis(100);
    Duration late = Duration.ofMinutes(5);
    return new Timeouts(
        request ? soon : late, idle ? soon : late, object ? soon : late, soon, soon);
  }

  int port() {
    return port;
  }

  DicomListener listener() {
    return listener;
  }

  /** Returns when the listener has ended; it must have been told to. */
  void awaitEnd() {
    delivery.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    listener.close();
    awaitEnd();
    reader.close();
  }
}
