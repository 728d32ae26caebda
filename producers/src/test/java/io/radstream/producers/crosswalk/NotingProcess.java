package io.radstream.producers.crosswalk;

import io.radstream.deidentification.keys.SiteKey;
import io.radstream.producers.publish.KnownStudy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Notes studies in a crosswalk until it is killed, and says of each that it is noted. */
final class NotingProcess {

  private NotingProcess() {}

  static Process start(Path folder, String key, String prefix) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            NotingProcess.class.getName(),
            folder.toString(),
            key,
            prefix)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) throws IOException {
    try (CrosswalkWriter writer =
        CrosswalkWriter.open(Path.of(arguments[0]), SiteKey.of(arguments[1]))) {
      for (int i = 0; !System.out.checkError(); i++) {
        String id = arguments[2] + i;
        writer.note(id, new KnownStudy("PAT7", "ACC" + i, "1.2.3", List.of()));
        System.out.println(id);
      }
    }
  }
}
