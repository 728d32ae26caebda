package io.radstream.producers.hl7.mllp;

import io.radstream.producers.hl7.mllp.Frame.Kept;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the messages in a connection's bytes, however they are cut. A message stands between 0x0B
 * and 0x1C with 0x0D; what is between two messages is passed over. A 0x1C alone is part of the
 * message, as where a report system lets a control character through: to end there would cut a
 * report. A start behind it ends the message too, for some senders leave the 0x0D out; elsewhere a
 * start within a message means that the sender gave the first one up.
 */
final class MllpFramer {

  static final byte START = 0x0B;
  static final byte END = 0x1C;
  static final byte CARRIAGE_RETURN = 0x0D;

  /** Kept of a message that is not kept: enough for the header, by which it is answered. */
  private static final int HEAD_BYTES = 4096;

  private static final byte[] LONE_END = {END};

  private final int maxBytes;
  private final ByteBudget budget;
  private ByteArrayOutputStream message = new ByteArrayOutputStream();
  private boolean inside;

  /** Whether the last byte was 0x1C; it is not kept before it is known to be none. */
  private boolean maybeEnd;

  private Kept kept = Kept.WHOLE;

  MllpFramer(int maxBytes, ByteBudget budget) {
    this.maxBytes = maxBytes;
    this.budget = budget;
  }

  /** The messages that are complete with these bytes; what is whole counts in the budget. */
  List<Frame> feed(byte[] bytes) {
    List<Frame> frames = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte next = bytes[i];
      boolean ends = maybeEnd && (next == CARRIAGE_RETURN || next == START);
      if (ends) {
        // The end may have come with the bytes before these; then none of these is kept.
        keep(bytes, from, Math.max(from, i - 1));
        frames.add(new Frame(message.toByteArray(), kept));
        reset();
      } else if (maybeEnd && i == 0) {
        keep(LONE_END, 0, 1);
      }
      if (next == START) {
        discard();
        inside = true;
        from = i + 1;
      }
      maybeEnd = inside && next == END;
    }
    if (inside) {
      keep(bytes, from, bytes.length - (maybeEnd ? 1 : 0));
    }
    return frames;
  }

  private void keep(byte[] bytes, int from, int to) {
    int length = to - from;
    if (kept == Kept.WHOLE) {
      if (length > maxBytes - message.size()) {
        keepNoMore(Kept.TOO_LARGE);
      } else if (!budget.take(length)) {
        keepNoMore(Kept.NO_ROOM);
      }
    }
    int wanted = kept == Kept.WHOLE ? length : Math.min(length, HEAD_BYTES - message.size());
    message.write(bytes, from, wanted);
  }

  private void keepNoMore(Kept reason) {
    budget.giveBack(message.size());
    byte[] all = message.toByteArray();
    message = new ByteArrayOutputStream();
    message.write(all, 0, Math.min(all.length, HEAD_BYTES));
    kept = reason;
  }

  /** Forgets a message that is not complete. */
  void discard() {
    if (kept == Kept.WHOLE) {
      budget.giveBack(message.size());
    }
    reset();
  }

  private void reset() {
    // Anew, for the old one would keep the memory of the largest message that there was.
    message = new ByteArrayOutputStream();
    inside = false;
    maybeEnd = false;
    kept = Kept.WHOLE;
  }
}
