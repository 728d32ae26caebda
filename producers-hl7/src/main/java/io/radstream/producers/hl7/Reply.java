package io.radstream.producers.hl7;

import io.radstream.producers.hl7.message.Acknowledgements;
import io.radstream.producers.hl7.message.ErrorCode;
import io.radstream.producers.hl7.message.Hl7Header;
import io.radstream.producers.hl7.message.Outcome;
import io.radstream.producers.hl7.mllp.Answer;
import io.radstream.producers.publish.Receipt;
import io.radstream.schemas.RejectionReason;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers one message, and counts what became of it. */
final class Reply {

  private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

  private final Hl7Header header;
  private final Consumer<Answer> answer;
  private final Acknowledgements acknowledgements;
  private final Tally tally;
  private final Runnable before;

  Reply(Hl7Header header, Consumer<Answer> answer, Acknowledgements acknowledgements, Tally tally) {
    this(header, answer, acknowledgements, tally, () -> {});
  }

  private Reply(
      Hl7Header header,
      Consumer<Answer> answer,
      Acknowledgements acknowledgements,
      Tally tally,
      Runnable before) {
    this.header = header;
    this.answer = answer;
    this.acknowledgements = acknowledgements;
    this.tally = tally;
    this.before = before;
  }

  /** The same, but something is done before the answer goes out. */
  Reply after(Runnable action) {
    return new Reply(header, answer, acknowledgements, tally, action);
  }

  void accepted() {
    send(new Outcome.Accepted());
  }

  void failed(String explanation) {
    tally.failed.increment();
    send(new Outcome.Failed(explanation));
  }

  private void send(Outcome outcome) {
    before.run();
    Optional<byte[]> bytes = acknowledgements.to(header, outcome);
    answer.accept(bytes.<Answer>map(Answer.Message::new).orElseGet(Answer.None::new));
  }

  /**
   * @param ifRefused what is wrong with a message that is refused
   */
  Receipt receipt(ErrorCode ifRefused) {
    return new Receipt() {
      @Override
      public void acknowledged() {
        tally.accepted.increment();
        accepted();
      }

      @Override
      public void refused(RejectionReason reason, String explanation) {
        tally.rejected.increment();
        LOG.debug("a message is rejected: {}", explanation);
        send(new Outcome.Rejected(ifRefused, explanation));
      }

      @Override
      public void failed(String explanation) {
        Reply.this.failed("the cluster did not take it: send it again");
      }
    };
  }
}
