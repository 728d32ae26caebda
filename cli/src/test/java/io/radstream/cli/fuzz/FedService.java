package io.radstream.cli.fuzz;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.cli.bench.BenchModel;
import io.radstream.schemas.Laterality;
import io.radstream.schemas.PixelEncoding;
import io.radstream.schemas.Projection;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.StudyTuple;
import io.radstream.schemas.View;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.serving.StandingService;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.score.BatchLimits;
import io.radstream.serving.search.SearchLimits;
import io.radstream.serving.search.StudySearch;
import io.radstream.serving.worklist.Worklist;
import io.radstream.serving.worklist.WorklistLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A service that has one study in its index, and that study on its worklist. */
final class FedService implements AutoCloseable {

  private static final int MOST = 10;

  private final List<TopicFollower.Listener<StudyTuple>> indexes = new ArrayList<>();
  private final List<StudySearch> searches = new ArrayList<>();
  private final StandingService service;

  FedService(BenchModel model, byte[] picture) throws IOException {
    Worklist worklist =
        new Worklist(
            new WorklistLimits(MOST, Duration.ofDays(1), Set.of()),
            List::of,
            verdict -> {},
            InstantSource.system(),
            new SimpleMeterRegistry(),
            () -> {});
    worklist.scores().accept(List.of(score()), true);
    worklist.labels().accept(List.of(), true);
    worklist.withdrawals().accept(List.of(), true);
    this.service =
        StandingService.start(
            model.scoring(),
            model.means(),
            BatchLimits.DEFAULT,
            new StandingService.Asked(Optional.of(this::search), Optional.of(worklist)));
    searches.get(0).withdrawals().accept(List.of(), true);
    indexes.get(0).accept(List.of(tuple(picture)), true);
  }

  private StudySearch search(ModelFleet fleet) {
    StudySearch search =
        new StudySearch(
            fleet,
            new SearchLimits(MOST),
            new PictureReader(Optional.empty()),
            listener -> {
              indexes.add(listener);
              return () -> {};
            },
            Runnable::run,
            Runnable::run,
            new SimpleMeterRegistry());
    searches.add(search);
    return search;
  }

  private static StudyScore score() {
    return StudyScore.newBuilder()
        .setStudyId(Target.CANARY)
        .setCheckpointId("bench")
        .setProbabilities(Map.of("effusion", 0.75, "opacity", 0.25))
        .setLatencyMillis(1)
        .setTime(InstantSource.system().instant())
        .setRevision(1)
        .build();
  }

  private static StudyTuple tuple(byte[] picture) {
    View view =
        View.newBuilder()
            .setViewId("view")
            .setProjection(Projection.PA)
            .setLaterality(Laterality.UNKNOWN)
            .setEncoding(PixelEncoding.PNG)
            .setPixels(ByteBuffer.wrap(picture))
            .setWidth(48)
            .setHeight(48)
            .setOriginalWidth(48)
            .setOriginalHeight(48)
            .setSha256("unused")
            .build();
    return StudyTuple.newBuilder()
        .setStudyId(Target.CANARY)
        .setPatientId("patient")
        .setRevision(1)
        .setViews(List.of(view))
        .setSelection(List.of(0, 0, 0))
        .setTokens(List.of())
        .setTokenizer("another")
        .setSections(List.of())
        .setOrigins(List.of())
        .build();
  }

  int port() {
    return service.port();
  }

  @Override
  public void close() {
    service.close();
  }
}
