package io.radstream.producers.dicom.directory;

import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * All files under a directory, directory by directory in the order of names. Links are not
 * followed. What vanishes meanwhile, or may not be looked into, is passed over.
 *
 * @param root a real path
 */
public record FileTree(Path root) {

  private static final String MEDIA_DIRECTORY = "DICOMDIR";

  /**
   * @throws NotDirectoryException where there is no such directory
   * @throws IOException where it cannot be resolved
   */
  public static FileTree of(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new NotDirectoryException(directory.toString());
    }
    return new FileTree(directory.toRealPath());
  }

  /**
   * @param wanted is asked before each file whether to go on
   * @throws UncheckedIOException where the directory itself cannot be read
   */
  public void forEach(Consumer<FoundFile> files, BooleanSupplier wanted) {
    Deque<Path> remaining = new ArrayDeque<>(entries(root).orElseThrow(FileTree::unreadable));
    while (!remaining.isEmpty() && wanted.getAsBoolean()) {
      Path next = remaining.pop();
      if (Files.isDirectory(next, LinkOption.NOFOLLOW_LINKS)) {
        List<Path> inside = entries(next).orElse(List.of());
        for (int i = inside.size() - 1; i >= 0; i--) {
          remaining.push(inside.get(i));
        }
      } else {
        look(next).ifPresent(files);
      }
    }
  }

  private static UncheckedIOException unreadable() {
    return new UncheckedIOException(new IOException("the directory cannot be read"));
  }

  private static Optional<List<Path>> entries(Path directory) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (IOException | DirectoryIteratorException e) {
      return Optional.empty();
    }
    Collections.sort(entries);
    return Optional.of(entries);
  }

  /** Empty where it is no file, or none any more. */
  Optional<FoundFile> look(Path path) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!attributes.isRegularFile()) {
        return Optional.empty();
      }
      String stamp = attributes.size() + " " + attributes.lastModifiedTime().toMillis();
      String name = root.relativize(path).toString();
      return Optional.of(new FoundFile(path, name, stamp, attributes.size()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether it begins as a DICOM file, and is no directory of media. */
  public boolean isDicom(FoundFile file) throws IOException {
    if (file.path().endsWith(MEDIA_DIRECTORY)) {
      return false;
    }
    try (InputStream input = Files.newInputStream(file.path())) {
      return DicomFile.signs(input.readNBytes(DicomFile.SIGNATURE_BYTES));
    }
  }

  /** Empty where it changed meanwhile: whoever writes it has not finished. */
  public Optional<byte[]> whole(FoundFile file) throws IOException, RefusedStudyException {
    if (file.size() > DicomFile.MAX_BYTES) {
      throw new RefusedStudyException(
          RejectionReason.IMAGE_TOO_LARGE,
          "the file has %d bytes; at most %d are read".formatted(file.size(), DicomFile.MAX_BYTES));
    }
    byte[] bytes = new byte[(int) file.size()];
    int read;
    try (InputStream input = Files.newInputStream(file.path())) {
      read = input.readNBytes(bytes, 0, bytes.length);
    }
    boolean same =
        read == bytes.length
            && look(file.path()).filter(now -> now.stamp().equals(file.stamp())).isPresent();
    return same ? Optional.of(bytes) : Optional.empty();
  }
}
