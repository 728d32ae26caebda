package io.radstream.cli.demo;

import java.io.IOException;

/** What the demo stands on. */
@FunctionalInterface
public interface Footing {

  /** A cluster of somebody else, who looks after it. */
  Footing ELSEWHERE = () -> {};

  /**
   * @throws IOException where something of it has ended by itself; the message says what, and why
   */
  void requireAlive() throws IOException;
}
