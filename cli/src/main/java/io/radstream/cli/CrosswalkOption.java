package io.radstream.cli;

import io.radstream.producers.crosswalk.CrosswalkStep;
import io.radstream.producers.crosswalk.CrosswalkWriter;
import io.radstream.producers.publish.PartStep;
import io.radstream.producers.publish.Pseudonymizer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Mixin: whether it is noted at the site which pseudonym is which study. */
final class CrosswalkOption {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--crosswalk",
      paramLabel = "DIR",
      description =
          "Note, encrypted with the site's key, by what the hospital knows each study, so that"
              + " 'radstream results' can send its scores back. It identifies patients to whoever"
              + " has it and the key: it stays at the site. (default: nothing is noted)")
  private Optional<Path> folder;

  /** What is open while something is published. */
  record Open(List<PartStep> steps, Closeable crosswalk) implements Closeable {

    @Override
    public void close() throws IOException {
      crosswalk.close();
    }
  }

  /**
   * @throws ParameterException where the folder cannot be used
   */
  Open open(Pseudonymizer pseudonymizer) {
    if (folder.isEmpty()) {
      return new Open(List.of(), () -> {});
    }
    try {
      CrosswalkWriter writer = CrosswalkWriter.open(folder.get(), pseudonymizer.key());
      return new Open(List.of(new CrosswalkStep(writer, pseudonymizer)), writer);
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), "--crosswalk: " + e.getMessage(), e);
    }
  }
}
