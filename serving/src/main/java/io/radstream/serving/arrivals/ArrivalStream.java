package io.radstream.serving.arrivals;

import io.micrometer.core.instrument.MeterRegistry;
import io.radstream.objects.ClaimedObjects;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RecordSerde;
import io.radstream.schemas.StudyScore;
import io.radstream.schemas.Topic;
import io.radstream.schemas.log.Patience;
import io.radstream.serving.pictures.PictureReader;
import io.radstream.serving.pictures.PicturesAwayException;
import io.radstream.serving.receipt.Receipts;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.NoModelException;
import io.radstream.serving.score.StudyScorer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores what arrives, on a thread of its own, as one of a group: instances share the partitions.
 * It begins once a checkpoint answers, and where the broker, the registry or the store of pictures
 * is away it waits.
 */
public final class ArrivalStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ArrivalStream.class);

  /** Studies that are scored, and written, together. */
  private static final int TOGETHER = 16;

  private final Supplier<ArrivalSession> sessions;
  private final Supplier<Optional<ModelIdentity>> live;
  private final ArrivalMeters meters;
  private final CountDownLatch closed;
  private final Patience patience;
  private final Thread thread = new Thread(this::run, "score-arrivals");
  private final AtomicReference<ArrivalSession> open = new AtomicReference<>();

  private ArrivalStream(
      Supplier<ArrivalSession> sessions,
      Supplier<Optional<ModelIdentity>> live,
      ArrivalMeters meters,
      CountDownLatch closed) {
    this.sessions = sessions;
    this.live = live;
    this.meters = meters;
    this.closed = closed;
    this.patience = Patience.endless(time -> pause(closed, time));
    thread.setDaemon(true);
  }

  /**
   * @param group that shares the work; one and the same for all instances of a service
   * @param instance name of this one that no other has
   * @param originals where pictures at full resolution are read; empty where nobody has said
   * @param live the checkpoint that answers; empty while none does
   */
  public static ArrivalStream of(
      KafkaConnection connection,
      String group,
      String instance,
      StudyScorer scorer,
      Receipts receipts,
      Optional<ClaimedObjects> originals,
      Supplier<Optional<ModelIdentity>> live,
      MeterRegistry meters,
      InstantSource clock) {
    CountDownLatch closed = new CountDownLatch(1);
    ArrivalClients clients =
        ArrivalClients.of(
            connection,
            connection.topics().prefix() + group,
            instance,
            TOGETHER,
            ArrivalClients.Elsewhere.AS_SET);
    ArrivalReader reader = ArrivalReader.live(connection, clock);
    ArrivalScoring scoring =
        new ArrivalScoring(
            new PictureReader(originals),
            () -> live.get().map(model -> model.content().originals()).orElse(false),
            (views, terms) -> scorer.score(Optional.empty(), Set.of(), views, terms),
            (scored, views) -> receipts.of(scored, FindingSets.ALL, views).text(),
            time -> pause(closed, time),
            clock);
    Serializer<StudyScore> serializer = RecordSerde.of(StudyScore.class, connection).serializer();
    return new ArrivalStream(
        () ->
            new ArrivalSession(
                clients::consumer,
                new ScoreWriter(
                    clients.producer(),
                    connection.topics().of(Topic.SCORES),
                    reader,
                    scoring,
                    serializer),
                connection.topics().of(Topic.STUDIES_VIEWS)),
        live,
        new ArrivalMeters(meters),
        closed);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!isClosed()) {
        Patience.Wait wait = patience.begin();
        while (live.get().isEmpty() || !scored()) {
          wait.pause();
        }
      }
    } catch (WakeupException e) {
      // It is closed.
    } catch (RuntimeException | Error e) {
      LOG.atError().setCause(e).log("studies that arrive are not scored any more");
    }
  }

  /**
   * @return false where a new session may help
   */
  private boolean scored() {
    try (ArrivalSession session = sessions.get()) {
      open.set(session);
      while (!isClosed()) {
        meters.written(session.step(), session.lag());
      }
      return true;
    } catch (WakeupException | InterruptException e) {
      throw e;
    } catch (NoModelException e) {
      return false;
    } catch (KafkaException | PicturesAwayException e) {
      LOG.atWarn()
          .log("studies that arrive cannot be scored now; trying again: {}", e.getMessage());
      LOG.atDebug().setCause(e).log("why they cannot be scored");
      return false;
    } catch (RuntimeException | Error e) {
      // Nobody would see a thread that is gone: it tries again, and what waits is seen.
      LOG.atError().setCause(e).log("studies that arrive cannot be scored now; trying again");
      return false;
    } finally {
      open.set(null);
    }
  }

  private static void pause(CountDownLatch closed, Duration time) {
    try {
      if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new WakeupException();
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Finishes the studies in hand. Nothing is scored afterwards. */
  @Override
  public void close() {
    closed.countDown();
    ArrivalSession session = open.get();
    if (session != null) {
      session.wakeup();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
