package io.radstream.cli.publish;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.radstream.producers.notice.RepeatedWarnings;
import io.radstream.producers.publish.Consignment;
import io.radstream.producers.publish.SourceItem;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.LoggerFactory;

/**
 * A file of the site's own, to which a line of JSON is added for each thing that was refused: when,
 * why, and where it is found again. It may identify patients, as by the name of a file, so it is
 * made for its owner's eyes alone. Thread-safe.
 */
public final class RefusedList {

  private static final Set<OpenOption> ADDING =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);

  private final Path file;
  private final InstantSource clock;
  private final RepeatedWarnings warnings;
  private final ObjectMapper mapper = new ObjectMapper();

  private RefusedList(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    this.warnings = new RepeatedWarnings(LoggerFactory.getLogger(RefusedList.class), clock);
  }

  /**
   * What it holds already stays.
   *
   * @throws IOException where it cannot be written
   */
  public static RefusedList open(Path file, InstantSource clock) throws IOException {
    RefusedList list = new RefusedList(file, clock);
    // A process that was killed may have left half a line.
    list.write(endsWithinLine(file) ? "\n" : "");
    return list;
  }

  private static boolean endsWithinLine(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return false;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(channel.size() - 1);
      return Channels.newInputStream(channel).read() != '\n';
    }
  }

  /** A file that cannot be written is warned of, and holds nothing up. */
  synchronized void add(
      String source, Consignment consignment, RejectionReason reason, String explanation) {
    ObjectNode line =
        mapper
            .createObjectNode()
            .put("time", clock.instant().toString())
            .put("source", source)
            .put("reason", reason.name())
            .put("explanation", explanation)
            .put("item", consignment.origin().item())
            .put("peer", consignment.origin().peer());
    consignment.items().stream()
        .mapToLong(SourceItem::number)
        .findFirst()
        .ifPresent(number -> line.put("number", number));
    try {
      write(mapper.writeValueAsString(line) + "\n");
    } catch (IOException e) {
      warnings.warn("--refused-list", "cannot be written: " + e.getClass().getSimpleName());
    }
  }

  /** Opened anew each time, so that a file that was moved away is made anew. */
  private void write(String text) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file, ADDING, ownersAlone())) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private FileAttribute<?>[] ownersAlone() {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
