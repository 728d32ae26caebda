package io.radstream.producers.datasets;

import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.schemas.RejectionReason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Reports in files of their own, in UTF-8.
 *
 * @param stores are looked into in this order
 */
record ReportFiles(List<FileStore> stores) implements Closeable {

  private static final long MAX_BYTES = 1024 * 1024;

  ReportFiles {
    stores = List.copyOf(stores);
  }

  boolean has(String name) throws IOException {
    try {
      return find(name).isPresent();
    } catch (RefusedStudyException e) {
      return false;
    }
  }

  /**
   * @throws RefusedStudyException where it is not there
   */
  Optional<String> read(String name) throws IOException, RefusedStudyException {
    byte[] bytes =
        find(name)
            .orElseThrow(
                () ->
                    new RefusedStudyException(
                        RejectionReason.NO_REPORT, "the file of the report does not exist"));
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private Optional<byte[]> find(String name) throws IOException, RefusedStudyException {
    for (FileStore store : stores) {
      Optional<byte[]> bytes = store.read(name, MAX_BYTES);
      if (bytes.isPresent()) {
        return bytes;
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    FileStore.closeAll(stores);
  }
}
