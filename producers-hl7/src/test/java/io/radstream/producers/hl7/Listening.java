package io.radstream.producers.hl7;

import io.radstream.producers.hl7.Hl7Source.Reading;
import io.radstream.producers.hl7.message.CharacterSets;
import io.radstream.producers.hl7.mllp.MllpSettings;
import io.radstream.producers.hl7.report.ReportRules;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Pseudonymizer;
import io.radstream.producers.publish.StudyNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A listener on a free port of this machine. */
final class Listening implements AutoCloseable {

  static final Pseudonymizer PSEUDONYMIZER = Pseudonymizer.withKey("a key of sixteen and more");
  static final StudyNames NAMES = new StudyNames("");
  static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

  private final Hl7Source source;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final CompletableFuture<Void> delivery;

  private Listening(PartSink sink, MllpSettings settings, CharacterSets sets, ReportRules rules) {
    this(sink, settings, sets, rules, InstantSource.fixed(NOW));
  }

  private Listening(
      PartSink sink,
      MllpSettings settings,
      CharacterSets sets,
      ReportRules rules,
      InstantSource clock) {
    Reading reading = new Reading(sets, rules, NAMES, PSEUDONYMIZER);
    source = new Hl7Source(settings, reading, clock, port::complete);
    delivery = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                source.deliver(sink);
                delivery.complete(null);
              } catch (RuntimeException | Error e) {
                port.completeExceptionally(e);
                delivery.completeExceptionally(e);
              }
            });
    thread.start();
  }

  static Listening with(PartSink sink) {
    return with(sink, ReportRules.USUAL);
  }

  static Listening with(PartSink sink, ReportRules rules) {
    CharacterSets sets = new CharacterSets(Optional.empty());
    return new Listening(sink, MllpSettings.local(0), sets, rules);
  }

  static Listening at(InstantSource clock, PartSink sink) {
    CharacterSets sets = new CharacterSets(Optional.empty());
    return new Listening(sink, MllpSettings.local(0), sets, ReportRules.USUAL, clock);
  }

  static Listening with(PartSink sink, MllpSettings settings) {
    return new Listening(sink, settings, new CharacterSets(Optional.empty()), ReportRules.USUAL);
  }

  static Listening with(PartSink sink, Charset undeclared) {
    CharacterSets sets = new CharacterSets(Optional.of(undeclared));
    return new Listening(sink, MllpSettings.local(0), sets, ReportRules.USUAL);
  }

  int port() {
    return port.orTimeout(60, TimeUnit.SECONDS).join();
  }

  MllpClient connect() throws IOException {
    return new MllpClient(new Socket(InetAddress.getLoopbackAddress(), port()));
  }

  /** The answer to one message on a connection of its own. */
  String send(String message) throws IOException {
    return send(message.getBytes(StandardCharsets.UTF_8));
  }

  String send(byte[] message) throws IOException {
    try (MllpClient client = connect()) {
      client.send(message);
      return client.answer();
    }
  }

  MessageCounts counts() {
    return source.counts();
  }

  /** Asks to stop, and returns at once. */
  void stop() {
    source.close();
  }

  void awaitEnd() {
    delivery.orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    stop();
    awaitEnd();
  }
}
