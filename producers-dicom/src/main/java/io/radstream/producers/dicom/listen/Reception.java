package io.radstream.producers.dicom.listen;

import io.radstream.producers.dicom.listen.ObjectMemory.Holding;
import io.radstream.producers.dicom.listen.dimse.Command;
import io.radstream.producers.dicom.listen.dimse.Status;
import io.radstream.producers.dicom.listen.pdu.Fragment;
import io.radstream.producers.dicom.listen.pdu.PduException;
import io.radstream.producers.dicom.listen.pdu.PduException.Reason;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the fragments of one association together: a command, then its data set, which is kept where
 * it is to be stored and fits, else passed over to its end.
 */
final class Reception {

  /** What becomes of messages. */
  interface Handler {

    /**
     * A data set is about to come.
     *
     * @return done when it may
     */
    Future<Void> begins();

    /** A message has come whole. */
    void ended();

    /** To be stored; whoever does releases the memory. */
    void store(int context, StoreRequest request, Holding memory);

    /**
     * A data set has come that is not kept.
     *
     * @return done when it is answered
     */
    Future<Void> passedOver(int context, Command command, Status status);

    /**
     * Anything else.
     *
     * @return done when it is written
     */
    Future<Void> answer(int context, Command command, Status status);
  }

  /** A message whose command is there. */
  private sealed interface Message {}

  private record Kept(Command command, ReceivedBytes bytes, Holding memory) implements Message {}

  private record PassedOver(Command command, Status answer) implements Message {}

  /** An accepted presentation context. */
  record Context(String abstractSyntax, String transferSyntax) {}

  private static final int NONE = -1;

  private final Map<Integer, Context> contexts;
  private final ObjectMemory memory;
  private final long largest;
  private final Handler handler;
  private final ByteArrayOutputStream command = new ByteArrayOutputStream();
  private int context = NONE;
  private Optional<Message> message = Optional.empty();

  /**
   * @param contexts accepted ones, by identifier
   * @param largest data set that is kept, in bytes
   */
  Reception(Map<Integer, Context> contexts, ObjectMemory memory, long largest, Handler handler) {
    this.contexts = Map.copyOf(contexts);
    this.memory = memory;
    this.largest = largest;
    this.handler = handler;
  }

  /** Whether a message has begun and not ended. */
  boolean isWithin() {
    return context != NONE;
  }

  /** The association is over: what has come of a message is dropped. */
  void drop() {
    message.ifPresent(this::release);
    message = Optional.empty();
  }

  /**
   * @return done when the next fragment may come
   */
  Future<Void> accept(Fragment fragment) throws PduException {
    if (fragment.command() == message.isPresent()) {
      throw unexpected("a fragment of a command where one of a data set is due, or the reverse");
    }
    if (context == NONE) {
      context = fragment.context();
    }
    if (context != fragment.context() || !contexts.containsKey(context)) {
      throw unexpected("a fragment in a presentation context that is not accepted, or not begun");
    }
    return message.isPresent() ? data(message.get(), fragment) : command(fragment);
  }

  private static PduException unexpected(String explanation) {
    return new PduException(Reason.UNEXPECTED_PARAMETER, explanation);
  }

  private Future<Void> command(Fragment fragment) throws PduException {
    if (command.size() + fragment.bytes().remaining() > Command.MAX_LENGTH) {
      throw PduException.invalid("a command that is longer than any");
    }
    byte[] piece = new byte[fragment.bytes().remaining()];
    fragment.bytes().get(piece);
    command.writeBytes(piece);
    if (!fragment.last()) {
      return Future.succeededFuture();
    }
    Command whole = Command.parse(command.toByteArray());
    command.reset();
    return begun(whole);
  }

  private Future<Void> begun(Command whole) {
    Status answer = statusOf(whole);
    if (!whole.hasDataSet()) {
      return answered(whole, answer);
    }
    boolean keep = whole.field() == Command.C_STORE && answer.equals(Status.SUCCESS);
    message =
        Optional.of(
            keep
                ? new Kept(whole, new ReceivedBytes(), memory.open())
                : new PassedOver(whole, answer));
    return handler.begins();
  }

  private Status statusOf(Command whole) {
    return switch (whole.field()) {
      case Command.C_ECHO -> Status.SUCCESS;
      case Command.C_STORE -> statusOfStore(whole);
      default -> Status.UNRECOGNIZED_OPERATION;
    };
  }

  private Status statusOfStore(Command whole) {
    if (!whole.hasDataSet()) {
      return Status.NO_DATA_SET;
    }
    boolean agreed = contexts.get(context).abstractSyntax().equals(whole.sopClass());
    return agreed ? Status.SUCCESS : Status.SOP_CLASS_NOT_SUPPORTED;
  }

  private Future<Void> data(Message whole, Fragment fragment) {
    Future<Void> taken =
        whole instanceof Kept kept ? keep(kept, fragment) : Future.succeededFuture();
    return fragment.last() ? taken.compose(done -> ended()) : taken;
  }

  private Future<Void> keep(Kept kept, Fragment fragment) {
    int more = fragment.bytes().remaining();
    if (kept.bytes().length() + (long) more > largest) {
      release(kept);
      message = Optional.of(new PassedOver(kept.command(), Status.TOO_LARGE));
      return Future.succeededFuture();
    }
    return memory
        .take(kept.memory(), kept.bytes().needed(more))
        .onSuccess(done -> kept.bytes().append(fragment.bytes()));
  }

  private Future<Void> ended() {
    Message whole = message.orElseThrow();
    message = Optional.empty();
    if (whole instanceof PassedOver over) {
      return handler.passedOver(over(), over.command(), over.answer());
    }
    Kept kept = (Kept) whole;
    memory.complete(kept.memory());
    int in = over();
    String syntax = contexts.get(in).transferSyntax();
    handler.store(in, new StoreRequest(kept.command(), syntax, kept.bytes()), kept.memory());
    return Future.succeededFuture();
  }

  private Future<Void> answered(Command whole, Status status) {
    int in = over();
    return whole.field() == Command.C_CANCEL
        ? Future.succeededFuture()
        : handler.answer(in, whole, status);
  }

  /** The message is over; gives its context. */
  private int over() {
    int in = context;
    context = NONE;
    handler.ended();
    return in;
  }

  private void release(Message dropped) {
    if (dropped instanceof Kept kept) {
      memory.release(kept.memory());
    }
  }
}
