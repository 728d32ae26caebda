package io.radstream.results.fhir;

import io.radstream.results.destination.Destination;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A folder that gets a file for each result: a transaction, to be posted to a server's root. A file
 * is there whole or not at all; whoever takes it away has it.
 */
public final class FhirFolder implements Destination {

  private final Path folder;
  private final ResultResources resources;

  public FhirFolder(Path folder, FhirNames names) {
    this.folder = folder;
    this.resources = new ResultResources(names);
  }

  @Override
  public String name() {
    return "fhir-files";
  }

  @Override
  public Outcome deliver(Result result) {
    if (!Addressed.isAddressed(result)) {
      return Addressed.NOBODY;
    }
    String name = "radstream-" + result.id().hex("report", 32) + ".json";
    byte[] json = resources.json(resources.transaction(result)).getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(folder);
      Path begun = folder.resolve("." + name + ".part");
      write(begun, json);
      Files.move(begun, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      return new Outcome.Delivered();
    } catch (IOException e) {
      return new Outcome.Away(
          "the folder cannot be written (%s)".formatted(e.getClass().getSimpleName()));
    }
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  @Override
  public void close() {
    // Nothing is held between two results.
  }
}
