package io.radstream.results.destination;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Sockets to receivers that speak no HTTP. */
public final class ReceiverSocket {

  private ReceiverSocket() {}

  /**
   * One that is not connected yet.
   *
   * @param tls by which the receiver is known, and must have a certificate of the host that is
   *     asked; empty where it speaks plainly
   */
  public static Socket of(Optional<SSLContext> tls) throws IOException {
    if (tls.isEmpty()) {
      return new Socket();
    }
    SSLSocket socket = (SSLSocket) tls.get().getSocketFactory().createSocket();
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }
}
