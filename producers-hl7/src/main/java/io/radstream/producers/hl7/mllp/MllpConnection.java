package io.radstream.producers.hl7.mllp;

import io.radstream.producers.hl7.mllp.Frame.Kept;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sender. Its messages are handed on one after the other and answered in their order, also
 * where a later one's fate is known first. While too many wait for their answer, or the sender does
 * not read its answers, nothing more is read from it. All on the connection's event loop, but for
 * the handing on.
 */
final class MllpConnection {

  private static final Logger LOG = LoggerFactory.getLogger(MllpConnection.class);

  /** The protocol's own "not understood". */
  private static final byte NEGATIVE = 0x15;

  /** One message and, once it is known, its answer. */
  private static final class Exchange {
    private final Frame frame;
    private Answer answer;

    Exchange(Frame frame) {
      this.frame = frame;
    }
  }

  private final NetSocket socket;
  private final Sender from;
  private final Context context;
  private final Receiver receiver;
  private final Executor workers;
  private final MllpFramer framer;
  private final ByteBudget budget;
  private final int window;
  private final Deque<Exchange> unanswered = new ArrayDeque<>();
  private final Deque<Exchange> waiting = new ArrayDeque<>();
  private boolean handing;
  private boolean ending;

  MllpConnection(
      NetSocket socket,
      Context context,
      Receiver receiver,
      Executor workers,
      MllpSettings settings,
      ByteBudget budget) {
    this.socket = socket;
    this.from =
        new Sender(
            String.valueOf(socket.remoteAddress().hostAddress()), socket.remoteAddress().port());
    this.context = context;
    this.receiver = receiver;
    this.workers = workers;
    this.framer = new MllpFramer(settings.maxMessageBytes(), budget);
    this.budget = budget;
    this.window = settings.window();
  }

  /**
   * @param closed is run when it is
   */
  void open(Runnable closed) {
    socket.handler(this::received).drainHandler(ready -> readOrWait());
    socket.closeHandler(
        end -> {
          gone();
          closed.run();
        });
    socket.exceptionHandler(failure -> socket.close());
  }

  private void received(Buffer bytes) {
    for (Frame frame : framer.feed(bytes.getBytes())) {
      Exchange exchange = new Exchange(frame);
      unanswered.add(exchange);
      waiting.add(exchange);
    }
    handOn();
    readOrWait();
  }

  private void handOn() {
    if (handing || waiting.isEmpty()) {
      return;
    }
    handing = true;
    Exchange next = waiting.remove();
    try {
      workers.execute(() -> hand(next));
    } catch (RejectedExecutionException e) {
      socket.close();
    }
  }

  /** On a worker's thread. */
  private void hand(Exchange exchange) {
    try {
      receiver.receive(exchange.frame, from, answer -> onLoop(() -> answered(exchange, answer)));
    } finally {
      onLoop(this::handed);
    }
  }

  /** Once the listener has ended, nobody waits: who got no answer sends again. */
  private void onLoop(Runnable task) {
    try {
      context.runOnContext(now -> task.run());
    } catch (RejectedExecutionException e) {
      LOG.debug("a message's fate is known too late to be told");
    }
  }

  private void handed() {
    handing = false;
    handOn();
  }

  private void answered(Exchange exchange, Answer answer) {
    if (exchange.answer != null) {
      return;
    }
    if (exchange.frame.kept() == Kept.WHOLE) {
      budget.giveBack(exchange.frame.bytes().length);
    }
    exchange.answer = answer;
    while (!unanswered.isEmpty() && unanswered.peek().answer != null) {
      send(unanswered.remove().answer);
    }
    readOrWait();
    endIfDone();
  }

  private void send(Answer answer) {
    if (answer instanceof Answer.Message message) {
      write(message.bytes());
    } else if (answer instanceof Answer.HangUp) {
      write(new byte[] {NEGATIVE});
      finish();
    }
  }

  private void write(byte[] message) {
    Buffer framed =
        Buffer.buffer(message.length + 3)
            .appendByte(MllpFramer.START)
            .appendBytes(message)
            .appendByte(MllpFramer.END)
            .appendByte(MllpFramer.CARRIAGE_RETURN);
    // A sender that has gone away sends again what it got no answer to.
    socket.write(framed).onFailure(failure -> socket.close());
  }

  private void readOrWait() {
    if (ending || unanswered.size() >= window || socket.writeQueueFull()) {
      socket.pause();
    } else {
      socket.resume();
    }
  }

  /** Reads nothing more, answers what was handed on, and closes. */
  void finish() {
    ending = true;
    socket.pause();
    framer.discard();
    dropWaiting();
    endIfDone();
  }

  private void endIfDone() {
    if (ending && unanswered.isEmpty()) {
      socket.close();
    }
  }

  /** What was not handed on is sent again by whoever got no answer to it. */
  private void dropWaiting() {
    for (Exchange exchange : waiting) {
      if (exchange.frame.kept() == Kept.WHOLE) {
        budget.giveBack(exchange.frame.bytes().length);
      }
    }
    unanswered.removeAll(waiting);
    waiting.clear();
  }

  private void gone() {
    ending = true;
    framer.discard();
    dropWaiting();
  }
}
