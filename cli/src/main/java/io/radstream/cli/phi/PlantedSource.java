package io.radstream.cli.phi;

import io.radstream.producers.dicom.InstanceReader;
import io.radstream.producers.dicom.directory.DirectorySource;
import io.radstream.producers.dicom.directory.FileCounts;
import io.radstream.producers.hl7.Hl7Source;
import io.radstream.producers.hl7.Hl7Source.Reading;
import io.radstream.producers.hl7.mllp.MllpSettings;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.PartSink;
import io.radstream.producers.publish.Placements;
import io.radstream.producers.publish.Receipt;
import io.radstream.producers.publish.StudySource;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Brings a planted site's studies the way they come in a hospital: from files, and over MLLP. */
final class PlantedSource implements StudySource {

  private final PlantedSite site;
  private final InstanceReader radiographs;
  private final Reading reports;
  private final InstantSource clock;
  private final Map<RejectionReason, Long> refused = new ConcurrentHashMap<>();

  PlantedSource(
      PlantedSite site, InstanceReader radiographs, Reading reports, InstantSource clock) {
    this.site = site;
    this.radiographs = radiographs;
    this.reports = reports;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "phi-check";
  }

  /** What was not sent until now, by reason. */
  Map<RejectionReason, Long> refused() {
    return Map.copyOf(refused);
  }

  @Override
  public void deliver(PartSink target) {
    PartSink sink = counting(target);
    try {
      Placements placements = new Placements(reports.pseudonymizer());
      new DirectorySource(site.directory(), radiographs, placements, new FileCounts())
          .deliver(sink);
      send(sink, site.messages());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PartSink counting(PartSink sink) {
    return new PartSink() {

      @Override
      public void accept(Consignment consignment, Receipt receipt) {
        sink.accept(consignment, counted(receipt));
      }

      @Override
      public Optional<String> recall(String key) {
        return sink.recall(key);
      }

      @Override
      public boolean isOpen() {
        return sink.isOpen();
      }
    };
  }

  private Receipt counted(Receipt receipt) {
    return new Receipt() {

      @Override
      public void acknowledged() {
        receipt.acknowledged();
      }

      @Override
      public void refused(RejectionReason reason, String explanation) {
        refused.merge(reason, 1L, Long::sum);
        receipt.refused(reason, explanation);
      }

      @Override
      public void failed(String explanation) {
        receipt.failed(explanation);
      }
    };
  }

  private void send(PartSink sink, List<String> messages) throws IOException {
    CompletableFuture<Integer> port = new CompletableFuture<>();
    CompletableFuture<Void> listening;
    try (Hl7Source hl7 = new Hl7Source(MllpSettings.local(0), reports, clock, port::complete)) {
      listening =
          CompletableFuture.runAsync(() -> hl7.deliver(sink))
              .whenComplete((nothing, failure) -> port.completeExceptionally(gone(failure)));
      try (MllpSender sender = new MllpSender(port.join())) {
        for (String message : messages) {
          requireAccepted(sender.send(message));
        }
      }
    }
    listening.join();
  }

  private static Throwable gone(Throwable failure) {
    return failure == null ? new IOException("the listener has ended") : failure;
  }

  private static void requireAccepted(String answer) throws IOException {
    if (!answer.contains("MSA|AA|")) {
      throw new IOException(
          "the listener does not accept a report of the check: "
              + answer.substring(Math.max(0, answer.indexOf("MSA|"))).replace('\r', ' '));
    }
  }
}
