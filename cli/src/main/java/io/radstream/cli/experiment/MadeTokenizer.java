package io.radstream.cli.experiment;

import io.radstream.experiments.results.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The tokenizer that an experiment makes of its reports, once: its tuples hold the ids of it.
 *
 * @param vocabulary tokens at most
 */
record MadeTokenizer(Path directory, int vocabulary) {

  Path file() {
    return directory.resolve("tokenizer.json");
  }

  void write(byte[] json) throws IOException {
    WholeFile.write(made(), (vocabulary + "\n").getBytes(StandardCharsets.UTF_8));
    WholeFile.write(file(), json);
  }

  /**
   * @throws IOException where it was made with another vocabulary, which tuples and runs would go
   *     on with
   */
  void requireSame() throws IOException {
    if (Files.notExists(file()) || Files.notExists(made())) {
      return;
    }
    String before = Files.readString(made()).strip();
    if (!before.equals(Integer.toString(vocabulary))) {
      throw new IOException(
          "%s was made with vocabulary %s, which the staged reports have, and not with %d; give the experiment another name and --dir"
              .formatted(file(), before, vocabulary));
    }
  }

  private Path made() {
    return directory.resolve("sources").resolve("tokenizer.made");
  }
}
