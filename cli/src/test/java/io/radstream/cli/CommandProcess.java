package io.radstream.cli;

import io.radstream.schemas.KafkaConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command in a process of its own, with the Java and the libraries of this one. */
final class CommandProcess {

  /** Exit code of a Java that was told to end by SIGTERM. */
  static final int TERMINATED = 143;

  /**
   * For a Java whose life is short: what the second compiler and a concurrent collector do would
   * not pay. It takes half the processor's time until it is at work.
   */
  static final List<String> SHORT_LIVED =
      List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData");

  private CommandProcess() {}

  /** On a cluster; where its outputs go is for whoever starts it to say. */
  static ProcessBuilder on(KafkaConnection connection, String... words) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SHORT_LIVED);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Radstream.class.getName());
    command.addAll(List.of(words));
    command.add("--bootstrap=" + connection.bootstrap());
    command.add("--registry=" + connection.registry());
    command.add("--topic-prefix=" + connection.topics().prefix());
    return new ProcessBuilder(command);
  }

  /** SIGTERM, without what {@link Process#destroy} does besides: to close the streams. */
  static void terminate(Process process) {
    ProcessHandle.of(process.pid()).orElseThrow().destroy();
  }

  /** The same once more; one that comes at once counts as the first. */
  static void terminateAgain(Process process) throws InterruptedException {
    do {
      ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
    } while (!process.waitFor(200, TimeUnit.MILLISECONDS));
  }
}
