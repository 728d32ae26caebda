package io.radstream.producers.dicom.listen;

import io.radstream.producers.dicom.listen.ObjectMemory.Holding;
import io.radstream.producers.dicom.listen.Reception.Context;
import io.radstream.producers.dicom.listen.dimse.Command;
import io.radstream.producers.dicom.listen.dimse.Response;
import io.radstream.producers.dicom.listen.dimse.Status;
import io.radstream.producers.dicom.listen.pdu.AnsweredContext;
import io.radstream.producers.dicom.listen.pdu.AnsweredContext.Result;
import io.radstream.producers.dicom.listen.pdu.Fragment;
import io.radstream.producers.dicom.listen.pdu.PduException;
import io.radstream.producers.dicom.listen.pdu.PduWriter;
import io.radstream.producers.dicom.listen.pdu.PeerPdu.AssociateRequest;
import io.radstream.producers.dicom.listen.pdu.PeerPdu.Data;
import io.radstream.producers.dicom.listen.pdu.ProposedContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The messages of an association that is open: requests in, answers out, each answer when its
 * request is dealt with, in whatever order. Used by one thread.
 */
final class Exchange implements Reception.Handler {

  private final Surroundings around;
  private final String peer;
  private final Function<byte[], Future<Void>> out;
  private final Reception reception;
  private final int maxLength;
  private final int window;
  private final Countdown silence;
  private final Countdown object;
  private final Tally tally = new Tally();
  private Promise<Void> progress = Promise.promise();

  /** C-STOREs that this end has in hand. */
  private int inHand;

  /** Answers that the peer has not taken yet. */
  private int unwritten;

  /** Whether the peer is kept from sending more. */
  private boolean held;

  private boolean ended;

  /**
   * @param peer who sends, as it calls itself
   * @param out writes PDUs
   * @param lost what to do where the peer keeps this end waiting
   */
  Exchange(
      Surroundings around,
      String peer,
      AssociateRequest request,
      List<AnsweredContext> answered,
      Function<byte[], Future<Void>> out,
      Runnable lost) {
    this.around = around;
    this.peer = peer;
    this.out = out;
    this.reception =
        new Reception(
            contexts(request.contexts(), answered),
            around.memory(),
            around.limits().object(),
            this);
    this.maxLength = request.maxLength();
    this.window = Negotiation.window(request);
    this.silence = new Countdown(around.vertx(), around.timeouts().idle(), lost);
    this.object = new Countdown(around.vertx(), around.timeouts().object(), lost);
    watch();
  }

  private static Map<Integer, Context> contexts(
      List<ProposedContext> proposed, List<AnsweredContext> answered) {
    Map<Integer, Context> accepted = new HashMap<>();
    for (int i = 0; i < answered.size(); i++) {
      AnsweredContext answer = answered.get(i);
      if (answer.result() == Result.ACCEPTED) {
        String syntax = proposed.get(i).abstractSyntax();
        accepted.put(answer.id(), new Context(syntax, answer.transferSyntax()));
      }
    }
    return accepted;
  }

  Future<Void> received(Data data) {
    held = true;
    silence.stop();
    Future<Void> taken = Future.succeededFuture();
    for (Fragment fragment : data.fragments()) {
      taken = taken.compose(done -> received(fragment));
    }
    return taken.onComplete(
        done -> {
          held = false;
          watch();
        });
  }

  private Future<Void> received(Fragment fragment) {
    try {
      return ended ? Future.succeededFuture() : reception.accept(fragment);
    } catch (PduException e) {
      return Future.failedFuture(e);
    }
  }

  @Override
  public Future<Void> begins() {
    object.start();
    return inHand + unwritten < window ? Future.succeededFuture() : next(window);
  }

  /** Done when fewer are open. */
  private Future<Void> next(int most) {
    return progress
        .future()
        .compose(done -> inHand + unwritten < most ? Future.<Void>succeededFuture() : next(most));
  }

  @Override
  public void ended() {
    object.stop();
  }

  @Override
  public void store(int context, StoreRequest request, Holding memory) {
    inHand++;
    around
        .storage()
        .store(
            request,
            peer,
            status ->
                around
                    .loop()
                    .execute(
                        () -> {
                          around.memory().release(memory);
                          inHand--;
                          stored(context, request.command(), status);
                        }));
  }

  private void stored(int context, Command command, Status status) {
    tally.count(status);
    if (!ended) {
      Future<Void> unused = answer(context, command, status);
    }
  }

  @Override
  public Future<Void> passedOver(int context, Command command, Status status) {
    if (command.field() == Command.C_STORE) {
      tally.count(status);
      around.storage().passedOver(command, peer, status);
    }
    return answer(context, command, status);
  }

  @Override
  public Future<Void> answer(int context, Command command, Status status) {
    unwritten++;
    silence.start();
    byte[] response = Response.to(command, status);
    return out.apply(PduWriter.command(context, response, maxLength))
        .onComplete(
            done -> {
              unwritten--;
              Promise<Void> waited = progress;
              progress = Promise.promise();
              waited.complete();
              watch();
            });
  }

  /** A peer is watched while something is due from it. */
  private void watch() {
    if (ended || held || (inHand > 0 && !reception.isWithin())) {
      silence.stop();
    } else {
      silence.start();
    }
  }

  boolean isWithin() {
    return reception.isWithin();
  }

  boolean isBusy() {
    return inHand + unwritten > 0 || reception.isWithin();
  }

  /** Done when nothing is owed to the peer. */
  Future<Void> allAnswered() {
    return inHand + unwritten == 0 ? Future.succeededFuture() : next(1);
  }

  /** The association is over. What is in hand is stored all the same; nobody is told. */
  void end() {
    ended = true;
    silence.stop();
    object.stop();
    reception.drop();
  }

  Tally tally() {
    return tally;
  }
}
