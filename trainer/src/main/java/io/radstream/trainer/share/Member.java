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
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
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
  private final Grace grace;
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

    /** What rank 0 says cannot be done here. */
    record Unheeded(Throwable failure) implements Event {}

    /** Rank 0 has gone. */
    record Lost(String why) implements Event {}
  }

  private Member(Surroundings at, Terms terms, Wire wire, MemberListener listener, Grace grace) {
    this.at = at;
    this.terms = terms;
    this.wire = wire;
    this.listener = listener;
    this.grace = grace;
  }

  /**
   * Comes to rank 0.
   *
   * @param version of this program
   * @param stuck is run where rank 0 has gone, and what this one does has not ended after the grace
   * @throws GroupException where rank 0 is not to be reached in time, or goes at once
   */
  public static Member join(
      Surroundings at, Terms terms, String version, MemberListener listener, Runnable stuck) {
    Seat seat = terms.seat();
    Wire wire = Door.knock(terms);
    try {
      wire.send(new RankMessage.Hello(seat.rank(), seat.world(), version));
    } catch (IOException e) {
      wire.close();
      throw new GroupException("%s: rank 0 at %s does not listen".formatted(seat, seat.place()), e);
    }
    Member member = new Member(at, terms, wire, listener, new Grace(terms.grace(), stuck));
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
        run = Optional.of(new ShareRun(at, terms, wire, opening));
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

    @Override
    public void piece(byte[] bytes) throws IOException {
      run.orElseThrow(Member::noRun).piece(bytes);
    }

    @Override
    public void lost(String why) {
      over(new Event.Lost(why));
    }

    @Override
    public void broken(Throwable why) {
      events.add(new Event.Unheeded(why));
      run.ifPresent(current -> current.fail(unheeded(why)));
    }
  }

  /** As the thread that serves may meet it anywhere. */
  private static RuntimeException unheeded(Throwable why) {
    if (why instanceof RuntimeException known) {
      return known;
    }
    return why instanceof IOException known
        ? new UncheckedIOException(known)
        : new IllegalStateException(why.toString(), why);
  }

  private static IOException noRun() {
    return new IOException("rank 0 speaks of a run before one has begun");
  }

  private void over(Event last) {
    if (over.getAndSet(true)) {
      return;
    }
    events.add(last);
    run.ifPresent(current -> current.fail(gone(last)));
    if (!(last instanceof Event.End end) || end.ended().reason() != null) {
      grace.begin();
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
   * @throws IOException where the topics or the weights cannot be read, or these not be written
   *     down
   */
  public void serve() throws IOException, InterruptedException {
    grace.enter();
    try {
      while (!isOver(events.take())) {
        // The next event is awaited.
      }
    } catch (GroupException e) {
      throw e;
    } catch (UncheckedIOException e) {
      failed(e.getCause());
      throw e.getCause();
    } catch (IOException | RuntimeException e) {
      failed(e);
      throw e;
    } finally {
      run.ifPresent(ShareRun::close);
      grace.leave();
    }
  }

  /** Rank 0 is told, as it would take this one for lost, and begin again. */
  private void failed(Exception failure) {
    wire.end(new RankMessage.Failed(String.valueOf(failure.getMessage())));
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
    } else if (event instanceof Event.Unheeded unheeded) {
      throw unheeded(unheeded.failure());
    } else {
      throw gone(event);
    }
    return false;
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
    grace.close();
  }
}
