package io.radstream.cli;

import ai.djl.engine.Engine;
import io.radstream.model.engine.TorchEngine;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * A program for a process of its own: loads the engine and prints each web address that it tried to
 * open. Nothing leaves: the handler of http and https notes the address and refuses.
 */
final class OutsideConnections extends URLStreamHandler {

  private final Set<String> opened = new ConcurrentSkipListSet<>();

  private OutsideConnections() {}

  public static void main(String[] args) {
    OutsideConnections guard = new OutsideConnections();
    URL.setURLStreamHandlerFactory(protocol -> protocol.startsWith("http") ? guard : null);
    if (args[0].equals("as-radstream")) {
      TorchEngine.start(1);
    } else {
      Engine.getEngine("PyTorch");
    }
    guard.opened.forEach(System.out::println);
  }

  @Override
  protected URLConnection openConnection(URL url) throws IOException {
    opened.add(url.toExternalForm());
    throw new IOException("no connection to the outside");
  }

  @Override
  protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
    return openConnection(url);
  }
}
