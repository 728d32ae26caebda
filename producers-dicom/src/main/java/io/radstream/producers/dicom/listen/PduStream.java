package io.radstream.producers.dicom.listen;

import io.radstream.producers.dicom.listen.pdu.PduException;
import io.radstream.producers.dicom.listen.pdu.PduReader;
import io.radstream.producers.dicom.listen.pdu.PeerPdu;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;

/**
 * The PDUs of a connection, one after the other: no more is read from the peer before the one in
 * hand is dealt with.
 */
final class PduStream {

  /** Whoever deals with them. */
  interface Handler {

    /**
     * @return done when the next may come
     * @throws PduException where the peer may not say that, or not now
     */
    Future<Void> received(PeerPdu pdu) throws PduException;

    /** The peer does not keep to the protocol, or this end has a fault; no further PDU comes. */
    void broken(Throwable why);
  }

  private final NetSocket socket;
  private final Handler handler;
  private final ByteBuffer header = ByteBuffer.allocate(PduReader.HEADER_LENGTH);
  private ByteBuffer body = ByteBuffer.allocate(0);
  private Buffer chunk = Buffer.buffer();
  private int at;
  private boolean waiting;
  private boolean stopped;

  PduStream(NetSocket socket, Handler handler) {
    this.socket = socket;
    this.handler = handler;
    socket.handler(this::arrived);
  }

  /** From now on what comes is passed over: the peer is not cut off within its sentence. */
  void stop() {
    stopped = true;
    chunk = Buffer.buffer();
    at = 0;
    socket.handler(ignored -> {});
    socket.resume();
  }

  private void arrived(Buffer bytes) {
    chunk = bytes;
    at = 0;
    proceed();
  }

  private void proceed() {
    while (!stopped && at < chunk.length()) {
      try {
        if (!filled()) {
          continue;
        }
        Future<Void> dealtWith = deliver();
        if (!stopped && !dealtWith.succeeded()) {
          waitFor(dealtWith);
          return;
        }
      } catch (PduException | RuntimeException e) {
        fail(e);
      }
    }
  }

  /** Whether the PDU is whole. */
  private boolean filled() throws PduException {
    if (header.hasRemaining()) {
      fill(header);
      if (header.hasRemaining()) {
        return false;
      }
      body = ByteBuffer.allocate(PduReader.bodyLength(header));
    }
    fill(body);
    return !body.hasRemaining();
  }

  private void fill(ByteBuffer part) {
    int count = Math.min(part.remaining(), chunk.length() - at);
    part.put(chunk.getBytes(at, at + count));
    at += count;
  }

  private Future<Void> deliver() throws PduException {
    PeerPdu pdu = PduReader.read(header.flip(), body.flip());
    header.clear();
    body = ByteBuffer.allocate(0);
    return handler.received(pdu);
  }

  private void waitFor(Future<Void> dealtWith) {
    waiting = true;
    socket.pause();
    dealtWith.onSuccess(done -> goOn()).onFailure(this::fail);
  }

  private void goOn() {
    waiting = false;
    proceed();
    if (!waiting && !stopped) {
      socket.resume();
    }
  }

  private void fail(Throwable why) {
    if (!stopped) {
      stop();
      handler.broken(why);
    }
  }
}
