package io.radstream.producers.datasets;

import io.radstream.producers.publish.RefusedStudyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Files of an archive that is left packed. Its directory is held in memory. */
final class ZipArchive implements FileStore {

  private final ZipFile zip;

  private ZipArchive(ZipFile zip) {
    this.zip = zip;
  }

  static ZipArchive open(Path file) throws IOException {
    try {
      return new ZipArchive(new ZipFile(file.toFile(), StandardCharsets.UTF_8));
    } catch (ZipException e) {
      throw new DatasetException(
          file.getFileName() + " is damaged or incomplete: " + e.getMessage());
    }
  }

  @Override
  public Optional<byte[]> read(String name, long limit) throws IOException, RefusedStudyException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null || entry.isDirectory()) {
      return Optional.empty();
    }
    try (InputStream input = zip.getInputStream(entry)) {
      return Optional.of(FileStore.limited(input, limit));
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
