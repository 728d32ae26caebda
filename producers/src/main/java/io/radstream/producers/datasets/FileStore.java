package io.radstream.producers.datasets;

import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.schemas.RejectionReason;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Files by name: of a directory or of an archive. Thread-safe. */
interface FileStore extends Closeable {

  /**
   * @param limit most bytes of the file
   * @return empty where there is no such file
   * @throws RefusedStudyException where the file may not be read
   */
  Optional<byte[]> read(String name, long limit) throws IOException, RefusedStudyException;

  @Override
  default void close() throws IOException {}

  /** All of a stream, if it has no more bytes than this. */
  static byte[] limited(InputStream input, long limit) throws IOException, RefusedStudyException {
    byte[] bytes = input.readNBytes(Math.toIntExact(limit + 1));
    if (bytes.length > limit) {
      throw new RefusedStudyException(
          RejectionReason.OVERSIZED, "the file has more than %d bytes".formatted(limit));
    }
    return bytes;
  }

  /** Closes all of them, whatever becomes of one. */
  static void closeAll(List<? extends Closeable> all) throws IOException {
    if (!all.isEmpty()) {
      Closeable first = all.get(0);
      try (first) {
        closeAll(all.subList(1, all.size()));
      }
    }
  }
}
