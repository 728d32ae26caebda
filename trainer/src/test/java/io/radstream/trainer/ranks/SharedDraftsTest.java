package io.radstream.trainer.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.model.engine.GroupException;
import io.radstream.radiology.image.ModelInput;
import io.radstream.trainer.augment.Augmenter;
import io.radstream.trainer.augment.ReportMirroring;
import io.radstream.trainer.config.Augmentation;
import io.radstream.trainer.feed.BatchAssembly;
import io.radstream.trainer.feed.Draft;
import io.radstream.trainer.feed.TrainingBatch;
import io.radstream.trainer.labels.StudyLabels;
import io.radstream.trainer.timing.PhaseTimes;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedDraftsTest {

  private final ExecutorService workers = Executors.newSingleThreadExecutor();
  private final AtomicLong drafted = new AtomicLong();

  @AfterEach
  void stop() {
    workers.shutdownNow();
  }

  @Test
  void shouldNotTakeAShareOfAnEarlierRunForOneOfThis() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket other = new Socket(InetAddress.getLoopbackAddress(), door.getLocalPort());
        Wire wire = new Wire(door.accept(), Duration.ofSeconds(10))) {
      assertThat(other.isConnected()).isTrue();
      Map<Integer, Wire> wires = Map.of(1, wire);
      Future<TrainingBatch> never = begun(new SharedDrafts(wires, drafted));
      SharedDrafts second = new SharedDrafts(wires, drafted);
      Future<TrainingBatch> batch = begun(second);

      second.assembled(1, new RankMessage.Assembled(0, List.of("late"), 5));
      second.assembled(1, new RankMessage.Assembled(1, List.of("own"), 7));

      assertThat(batch.get(30, TimeUnit.SECONDS).unmirrorable()).isEqualTo(7);
      assertThat(never.isDone()).isFalse();
    }
  }

  @Test
  void shouldMissOnlyTheShareOfABatchThatIsAskedFor() throws Exception {
    try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket other = new Socket(InetAddress.getLoopbackAddress(), door.getLocalPort());
        Wire wire = new Wire(door.accept(), Duration.ofSeconds(10))) {
      assertThat(other.isConnected()).isTrue();
      SharedDrafts drafts = new SharedDrafts(Map.of(1, wire), drafted);
      Future<TrainingBatch> dropped = begun(drafts);
      Future<TrainingBatch> hopeless = begun(drafts);
      Future<TrainingBatch> batch = begun(drafts);

      drafts.unmade(1, new RankMessage.Unmade(0, "it is gone", true));
      drafts.unmade(1, new RankMessage.Unmade(1, "it is broken", false));
      drafts.assembled(1, new RankMessage.Assembled(2, List.of("own"), 7));

      assertThatThrownBy(() -> dropped.get(30, TimeUnit.SECONDS))
          .hasCauseExactlyInstanceOf(GroupException.class)
          .hasMessageContaining("rank 1 cannot make its share: it is gone");
      assertThatThrownBy(() -> hopeless.get(30, TimeUnit.SECONDS))
          .hasCauseExactlyInstanceOf(IllegalStateException.class);
      assertThat(batch.get(30, TimeUnit.SECONDS).unmirrorable()).isEqualTo(7);
    }
  }

  private Future<TrainingBatch> begun(SharedDrafts drafts) {
    Augmenter augmenter =
        new Augmenter(1, Augmentation.paper(), new ModelInput(32), new ReportMirroring.AsStaged());
    PhaseTimes times = new PhaseTimes(Clock.systemUTC());
    BatchAssembly own = new BatchAssembly(augmenter, StudyLabels.none(), 1, times);
    return drafts
        .assembling(own, workers)
        .begin(new Draft(List.of(), List.of(), List.of(), List.of()));
  }
}
