package io.radstream.serving.http;

import static io.radstream.serving.search.HeldTuples.tuple;

import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.model.Refers;
import io.radstream.model.config.ModelPreset;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.engine.TorchEngine;
import io.radstream.serving.access.AccessConfig;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.score.FakeTexts;
import io.radstream.serving.score.FindingPrompts;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.PromptSet;
import io.radstream.serving.score.ScoringModel;
import io.radstream.serving.score.TestImages;
import io.radstream.serving.score.TorchNetwork;
import io.radstream.serving.search.HeldTuples;
import io.radstream.serving.search.SearchLimits;
import io.radstream.serving.search.StudySearch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A service with a real network, though it has learned nothing, and an index of two studies. */
final class PictureService implements AutoCloseable {

  static final String LIVE = "line-000000007";

  private static final PromptSet PROMPTS =
      new PromptSet(
          List.of(
              new FindingPrompts("bright", List.of("bright"), List.of("dark")),
              new FindingPrompts("dark", List.of("dark"), List.of("bright"))));

  final RunningApi running;
  private final HeldTuples tuples = new HeldTuples();
  private StudySearch search;

  private PictureService(Path store, AccessConfig access) throws IOException {
    TorchEngine.start(1);
    this.running = ApiSetup.in(store).access(access).search(this::searching).start();
    Refers refers =
        Refers.unlearned(ModelPreset.TINY.config(50), 3, ComputeDevice.cpu(), Precision.FLOAT32);
    running.fleet.carryOut(
        ScoringModel.warm(
            new ModelIdentity(LIVE, "line", 7, Instant.EPOCH),
            new TorchNetwork(refers),
            new FakeTexts(),
            PROMPTS),
        new Verdict.Promote("test"));
    search.changed();
    search.withdrawals().accept(List.of(), true);
    tuples.give(
        0,
        tuple("white study", 1, FakeTexts.BRIGHT, TestImages.white()),
        tuple("black study", 1, FakeTexts.DARK, TestImages.black()));
  }

  static PictureService open(Path store, AccessConfig access) throws IOException {
    return new PictureService(store, access);
  }

  private StudySearch searching(ModelFleet fleet, MeterRegistry meters) {
    search =
        new StudySearch(
            fleet,
            new SearchLimits(100),
            new PictureReader(Optional.empty()),
            tuples,
            Runnable::run,
            Runnable::run,
            meters);
    return search;
  }

  @Override
  public void close() {
    search.close();
    running.close();
  }
}
