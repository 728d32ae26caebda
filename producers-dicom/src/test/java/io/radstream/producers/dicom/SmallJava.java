package io.radstream.producers.dicom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program of the tests in a Java of its own, whose heap is small. */
public final class SmallJava {

  private SmallJava() {}

  /**
   * @return the lines that it prints, those of its errors among them
   */
  public static List<String> run(int heapMiB, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx" + heapMiB + "m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", path, main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    process.waitFor();
    return printed.lines().toList();
  }
}
