package io.radstream.serving.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.schemas.trace.Tracing;
import io.radstream.serving.access.AccessConfig;
import io.radstream.serving.checkpoint.KeptFleet;
import io.radstream.serving.compare.Comparison;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.NewestWins;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.receipt.ReceiptKey;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.search.StudySearch;
import io.radstream.serving.worklist.Worklist;
import io.radstream.serving.write.WritingLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What a {@link RunningApi} is made of; what a test does not name is as most tests want it. */
final class ApiSetup {

  final KeptFleet.Parts parts;
  BatchLimits batches = BatchLimits.DEFAULT;
  WritingLimits writing = WritingLimits.DEFAULT;
  RequestLimits requests = RequestLimits.DEFAULT;
  FindingSets findings = FindingSets.of(FakeNetwork.PROMPTS);
  AccessConfig access = RunningApi.OPEN;
  Duration patience = ModelControl.PATIENCE;
  Tracing tracing = Tracing.off();
  Optional<ReceiptKey> receiptKey = Optional.empty();
  private BiFunction<ModelFleet, MeterRegistry, StudySearch> searching;
  private BiFunction<Supplier<List<Comparison>>, MeterRegistry, Worklist> listing;

  private ApiSetup(KeptFleet.Parts parts) {
    this.parts = parts;
  }

  /** Checkpoints below the store can be announced to {@link RunningApi#kept}. */
  static ApiSetup in(Path store) {
    return of(KeptFleet.Parts.of(store, new NewestWins()));
  }

  static ApiSetup of(KeptFleet.Parts parts) {
    return new ApiSetup(parts);
  }

  ApiSetup batches(BatchLimits limits) {
    batches = limits;
    return this;
  }

  ApiSetup writing(WritingLimits limits) {
    writing = limits;
    return this;
  }

  ApiSetup requests(RequestLimits limits) {
    requests = limits;
    return this;
  }

  ApiSetup findings(FindingSets sets) {
    findings = sets;
    return this;
  }

  ApiSetup access(AccessConfig config) {
    access = config;
    return this;
  }

  /** After which it is answered that a checkpoint is still being loaded. */
  ApiSetup patience(Duration time) {
    patience = time;
    return this;
  }

  ApiSetup tracing(Tracing spans) {
    tracing = spans;
    return this;
  }

  /** To sign receipts with. */
  ApiSetup receiptKey(ReceiptKey key) {
    receiptKey = Optional.of(key);
    return this;
  }

  /** To search with. */
  ApiSetup search(BiFunction<ModelFleet, MeterRegistry, StudySearch> search) {
    searching = search;
    return this;
  }

  Optional<StudySearch> search(ModelFleet fleet, MeterRegistry meters) {
    return Optional.ofNullable(searching).map(search -> search.apply(fleet, meters));
  }

  /** To list arrived studies with. */
  ApiSetup worklist(BiFunction<Supplier<List<Comparison>>, MeterRegistry, Worklist> worklist) {
    listing = worklist;
    return this;
  }

  Optional<Worklist> worklist(Supplier<List<Comparison>> comparisons, MeterRegistry meters) {
    return Optional.ofNullable(listing).map(list -> list.apply(comparisons, meters));
  }

  /** Without a model. */
  RunningApi start() {
    return new RunningApi(this);
  }

  /** With a live one. */
  RunningApi start(String checkpoint, FakeNetwork network) {
    RunningApi running = start();
    running.fleet.carryOut(FakeNetwork.model(checkpoint, network), new Verdict.Promote("test"));
    return running;
  }
}
