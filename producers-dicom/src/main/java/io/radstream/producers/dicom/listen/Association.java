package io.radstream.producers.dicom.listen;

import io.netty.channel.ChannelFuture;
import io.radstream.producers.dicom.listen.pdu.AnsweredContext;
import io.radstream.producers.dicom.listen.pdu.PduException;
import io.radstream.producers.dicom.listen.pdu.PduException.Reason;
import io.radstream.producers.dicom.listen.pdu.PduWriter;
import io.radstream.producers.dicom.listen.pdu.PeerPdu;
import io.radstream.producers.dicom.listen.pdu.PeerPdu.AssociateRequest;
import io.radstream.producers.dicom.listen.pdu.Rejection;
import io.radstream.producers.notice.Fault;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, PS3.8 section 9.2 as of the side that is called.
 *
 * <pre>
 * ASKED ──accept──► OPEN ──A-RELEASE-RQ──► RELEASING ──all answered──► OVER ──► closed
 *   └──reject, abort──┴─────────abort──────────┴───────────────────────▲
 * </pre>
 *
 * Used by one thread.
 */
final class Association implements PduStream.Handler {

  private static final Logger LOG = LoggerFactory.getLogger(Association.class);

  private enum Phase {
    ASKED,
    OPEN,
    RELEASING,
    OVER
  }

  private final NetSocketInternal socket;
  private final InetAddress from;
  private final Surroundings around;
  private final PduStream stream;
  private final Countdown request;
  private final Countdown closing;
  private Phase phase = Phase.ASKED;
  private String peer;
  private Optional<Exchange> exchange = Optional.empty();

  Association(NetSocketInternal socket, InetAddress from, Surroundings around) {
    this.socket = socket;
    this.from = from;
    this.around = around;
    this.peer = from.getHostAddress();
    this.stream = new PduStream(socket, this);
    this.request = new Countdown(around.vertx(), around.timeouts().request(), this::cutOff);
    this.closing = new Countdown(around.vertx(), around.timeouts().closing(), this::cutOff);
    socket.closeHandler(closed -> disconnected());
    // Whatever happens to the connection, it ends in its being closed.
    socket.exceptionHandler(e -> LOG.debug("{}: {}", peer, e.getClass().getName()));
    request.start();
  }

  @Override
  public Future<Void> received(PeerPdu pdu) throws PduException {
    if (pdu instanceof PeerPdu.Abort) {
      over("aborted by its peer");
      return Future.succeededFuture();
    }
    if (phase == Phase.ASKED && pdu instanceof AssociateRequest asked) {
      return asked(asked);
    }
    if (phase == Phase.OPEN && pdu instanceof PeerPdu.Data data) {
      return exchange.orElseThrow().received(data);
    }
    if (phase == Phase.OPEN && pdu instanceof PeerPdu.ReleaseRequest) {
      return release();
    }
    throw new PduException(Reason.UNEXPECTED_PDU, "a PDU that is not due");
  }

  private Future<Void> asked(AssociateRequest asked) {
    request.stop();
    String address = from.getHostAddress();
    peer = around.negotiation().peers().known(asked.callingAet(), address);
    Optional<Rejection> rejection = rejection(asked);
    if (rejection.isPresent()) {
      around.warnings().warn(peer, "no association: " + rejection.get().explanation());
      Future<Void> written = write(PduWriter.reject(rejection.get()));
      over("rejected");
      return written;
    }
    List<AnsweredContext> contexts = Negotiation.contexts(asked);
    phase = Phase.OPEN;
    around.associations().opened(this);
    String sender = AeTitle.printable(asked.callingAet()) + "@" + address;
    exchange = Optional.of(new Exchange(around, sender, asked, contexts, this::write, this::abort));
    LOG.debug("association with {}", peer);
    return write(PduWriter.accept(asked, contexts, Negotiation.window(asked)));
  }

  private Optional<Rejection> rejection(AssociateRequest asked) {
    Associations all = around.associations();
    return around
        .negotiation()
        .rejection(asked, from)
        .or(() -> all.isStopping() ? Optional.of(Rejection.STOPPING) : Optional.empty())
        .or(() -> all.hasRoom() ? Optional.empty() : Optional.of(Rejection.TOO_MANY));
  }

  private Future<Void> release() throws PduException {
    Exchange open = exchange.orElseThrow();
    if (open.isWithin()) {
      throw new PduException(Reason.UNEXPECTED_PDU, "a release within a message");
    }
    phase = Phase.RELEASING;
    open.allAnswered().onSuccess(done -> released());
    return Future.succeededFuture();
  }

  private void released() {
    if (phase == Phase.RELEASING) {
      Future<Void> unused = write(PduWriter.releaseReply());
      over("released");
    }
  }

  @Override
  public void broken(Throwable why) {
    if (why instanceof PduException e) {
      LOG.info("{} does not keep to the protocol: {}", peer, e.getMessage());
      abort(e.reason());
    } else {
      LOG.error("a fault ends the association with {}: {}", peer, Fault.of(why));
      abort(Reason.NOT_SPECIFIED);
    }
  }

  /** To be over soon: at once, unless it is in the middle of something. */
  void stop() {
    if (phase == Phase.ASKED) {
      cutOff();
    } else if (phase == Phase.OPEN && !exchange.orElseThrow().isBusy()) {
      abort();
    }
  }

  /** Over, whatever it is in the middle of. */
  void abort() {
    abort(Reason.NOT_SPECIFIED);
  }

  private void abort(Reason reason) {
    if (phase != Phase.OVER) {
      Future<Void> unused = write(PduWriter.abort(reason));
      over("aborted");
    }
  }

  /** Without a word, and though the peer may not have taken what was said before. */
  void cutOff() {
    // NetSocket.close waits until all is written, which may be never.
    ChannelFuture unused = socket.channelHandlerContext().close();
  }

  private void over(String how) {
    ended(how);
    stream.stop();
    around.associations().over(this);
    closing.start();
  }

  private void disconnected() {
    ended("cut off by its peer");
    closing.stop();
    around.associations().disconnected(this);
  }

  private void ended(String how) {
    if (phase == Phase.OVER) {
      return;
    }
    phase = Phase.OVER;
    request.stop();
    exchange.ifPresent(
        it -> {
          it.end();
          LOG.info("association with {} {}: {}", peer, how, it.tally());
        });
  }

  private Future<Void> write(byte[] pdus) {
    return socket.write(Buffer.buffer(pdus));
  }
}
