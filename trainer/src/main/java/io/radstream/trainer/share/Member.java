package io.radstream.trainer.share;

import io.radstream.model.engine.DeviceChoice;
import io.radstream.model.engine.GroupException;
import io.radstream.model.engine.Seat;
import io.radstream.objects.ClaimedObjects;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.RunOpening;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.data.TrainingException;
import io.radstream.trainer.ranks.Grace;
import io.radstream.trainer.ranks.RankMessage;
import io.radstream.trainer.ranks.Terms;
import io.radstream.trainer.ranks.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns along with rank 0, run after run, until that has ended. {@link #serve} is for one thread;
 * {@link #requestStop} may come from any.
 */
public final class Member implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Member.class);

  /**
   * What a rank finds around itself.
   *
   * @param connection to the run's topics
   * @param originals where pictures at full resolution are read; empty where nobody has said
   * @param device that it computes on
   */
  public record Surroundings(
      KafkaConnection connection,
      KafkaClients clients,
      Optional<ClaimedObjects> originals,
      DeviceChoice device,
      Clock clock) {}

  private final Surroundings at;
  private final Terms terms;
  private final Wire wire;
  private final MemberListener listener;
  private final Runnable stuck;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private volatile Optional<ShareRun> run = Optional.empty();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean stopRequested;

  /** What the thread that serves has to do next. */
  sealed interface Event {

    /** A run begins. */
    record Begin(ShareRun run) implements Event {}

    /** A step of a run is to be taken. */
    record Step(ShareRun run, RankMessage.Take take) implements Event {}

    /** A run is over; another may have been announced since. */
    record Close(ShareRun run) implements Event {}

    /** All is over. */
    record End(RankMessage.Ended ended) implements Event {}

    /** A share cannot be made. */
    record Broken(Throwable failure) implements Event {}

    /** Rank 0 has gone. */
    record Lost(String why) implements Event {}
  }

  private Member(Surroundings at, Terms terms, Wire wire, MemberListener listener, Runnable stuck) {
    this.at = at;
    this.terms = terms;
    this.wire = wire;
    this.listener = listener;
    this.stuck = stuck;
  }

  /**
   * Comes to rank 0.
   *
   * @param version of this program
   * @param stuck is run where rank 0 has gone, and what this one does has not ended after the grace
   * @throws GroupException where rank 0 is not to be reached in time
   */
  public static Member join(
      Surroundings at, Terms terms, String version, MemberListener listener, Runnable stuck)
      throws IOException {
    Seat seat = terms.seat();
    Wire wire = Door.knock(terms);
    wire.send(new RankMessage.Hello(seat.rank(), seat.world(), version));
    Member member = new Member(at, terms, wire, listener, stuck);
    wire.listen(member.new FromLeader());
    listener.joined();
    return member;
  }

  /** On the connection's own thread. */
  private final class FromLeader implements Wire.Listener {

    @Override
    public void told(RankMessage message) throws IOException {
      if (message instanceof RankMessage.Opened opened) {
        StepRecord opening = StepRecord.fromByteBuffer(ByteBuffer.wrap(opened.opening()));
        run = Optional.of(new ShareRun(at, terms, wire, opening, this::broken));
        events.add(new Event.Begin(run.get()));
      } else if (message instanceof RankMessage.Take take) {
        events.add(new Event.Step(run.orElseThrow(Member::noRun), take));
      } else if (message instanceof RankMessage.Closed) {
        events.add(new Event.Close(run.orElseThrow(Member::noRun)));
      } else if (message instanceof RankMessage.Ended ended) {
        over(new Event.End(ended));
      } else if (message instanceof RankMessage.Refused refused) {
        over(new Event.End(new RankMessage.Ended(refused.reason(), false)));
      } else {
        run.ifPresent(current -> current.told(message));
      }
    }

    /** A share cannot be made, and so no step taken. */
    private void broken(Throwable failure) {
      events.add(new Event.Broken(failure));
    }

    @Override
    public void piece(byte[] bytes) throws IOException {
      run.orElseThrow(Member::noRun).piece(bytes);
    }

    @Override
    public void lost(String why) {
      over(new Event.Lost(why));
    }
  }

  private static IOException noRun() {
    return new IOException("it speaks of a run before one has begun");
  }

  private void over(Event last) {
    if (over.getAndSet(true)) {
      return;
    }
    events.add(last);
    run.ifPresent(current -> current.fail(gone(last)));
    if (!(last instanceof Event.End end) || end.ended().reason() != null) {
      Grace.after(terms.grace(), stuck);
    }
  }

  private static GroupException gone(Event last) {
    String why =
        last instanceof Event.Lost lost
            ? lost.why()
            : last instanceof Event.End end && end.ended().reason() != null
                ? end.ended().reason()
                : "it has ended";
    return new GroupException("rank 0: " + why);
  }

  /** Has all ranks stop, once they have a checkpoint. */
  public void requestStop() {
    stopRequested = true;
    try {
      wire.send(new RankMessage.StopAsked());
    } catch (IOException e) {
      LOG.debug("rank 0 has gone before", e);
    }
  }

  /**
   * Learns until rank 0 has ended.
   *
   * @throws TrainingException where rank 0 has failed, and will again
   * @throws GroupException where rank 0 or another rank has gone, or was asked to stop
   * @throws IOException where the topics or the weights cannot be read
   */
  public void serve() throws IOException, InterruptedException {
    try {
      while (!isOver(events.take())) {
        // The next event is awaited.
      }
    } catch (GroupException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      wire.end(new RankMessage.Failed(String.valueOf(e.getMessage())));
      throw e;
    } finally {
      run.ifPresent(ShareRun::close);
    }
  }

  private boolean isOver(Event event) throws IOException, InterruptedException {
    if (event instanceof Event.Begin begin) {
      begin.run().begin();
      RunOpening opening = begin.run().opening();
      listener.started(opening.getLine(), begin.run().runId());
    } else if (event instanceof Event.Step step) {
      step.run().step(step.take());
      listener.stepped(step.take().step() + 1);
    } else if (event instanceof Event.Close close) {
      close.run().close();
    } else if (event instanceof Event.End end) {
      requireWell(end.ended());
      return true;
    } else if (event instanceof Event.Broken broken) {
      if (cause(broken.failure()) instanceof GroupException gone) {
        throw gone;
      }
      throw new TrainingException(
          "%s cannot make its share: %s"
              .formatted(terms.seat(), cause(broken.failure()).getMessage()),
          broken.failure());
    } else {
      throw gone(event);
    }
    return false;
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /** Of a run that stops since this rank was asked to, nothing is wanted any more. */
  private void requireWell(RankMessage.Ended ended) {
    if (ended.again() && !(ended.reason() == null && stopRequested)) {
      throw new GroupException(
          Optional.ofNullable(ended.reason())
              .orElse("another rank was asked to stop; the same command goes on"));
    }
    if (ended.reason() != null) {
      throw new TrainingException(ended.reason());
    }
  }

  @Override
  public void close() {
    wire.close();
  }
}
