package io.radstream.producers.dicom.directory;

import java.nio.file.Path;

/**
 * A file as it was when it was looked at.
 *
 * @param name path from the directory; may hold a patient's name, so that nobody prints it
 * @param stamp size and time of the last change
 */
public record FoundFile(Path path, String name, String stamp, long size) {

  /** Under which it is remembered that the file was published. */
  String key() {
    return "file/" + name;
  }

  @Override
  public String toString() {
    return "FoundFile[%d bytes]".formatted(size);
  }
}
