package io.radstream.model.kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that can be made anew at any time. Each begins with the SHA-256 of the rest, so that one
 * that was cut or damaged is noticed, and appears under its name only when it is whole. Where
 * nothing can be kept, everything is made each time.
 */
record BinaryStore(Path directory) {

  private static final Logger LOG = LoggerFactory.getLogger(BinaryStore.class);
  private static final int DIGEST_BYTES = 32;

  byte[] get(String name, Supplier<byte[]> make) {
    Path file = directory.resolve(name);
    return read(file)
        .orElseGet(
            () -> {
              byte[] made = make.get();
              keep(file, made);
              return made;
            });
  }

  private static Optional<byte[]> read(Path file) {
    try {
      byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      if (all.length <= DIGEST_BYTES) {
        return Optional.empty();
      }
      byte[] content = Arrays.copyOfRange(all, DIGEST_BYTES, all.length);
      return Optional.of(content)
          .filter(c -> Arrays.equals(digest(c), Arrays.copyOf(all, DIGEST_BYTES)));
    } catch (IOException e) {
      LOG.debug("cannot read a compiled kernel", e);
      return Optional.empty();
    }
  }

  private void keep(Path file, byte[] content) {
    try {
      Files.createDirectories(directory);
      Path whole = Files.createTempFile(directory, "new", ".tmp");
      try {
        Files.write(whole, digest(content));
        Files.write(whole, content, StandardOpenOption.APPEND);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(whole);
      }
    } catch (IOException e) {
      LOG.warn(
          "Kernels will be compiled again at the next start: cannot keep them: {}", e.toString());
    }
  }

  private static byte[] digest(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
