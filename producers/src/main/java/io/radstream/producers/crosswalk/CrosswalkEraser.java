package io.radstream.producers.crosswalk;

import io.radstream.deidentification.keys.SiteKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Erases studies from a crosswalk, while others write to it and read it: zeros are written over
 * their entries. What a disk or a backup keeps of the old bytes is beyond it.
 */
public record CrosswalkEraser(Path folder, SiteKey siteKey) {

  /**
   * Where it ends in between, it can be done again.
   *
   * @param studyId the study's pseudonym
   * @return entries that were erased now
   * @throws IOException where there is no such folder, or it was made with another key
   */
  public int forget(String studyId) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + " is no folder of a crosswalk");
    }
    CrosswalkKey key = new CrosswalkKey(siteKey);
    int erased = 0;
    for (Path file : new CrosswalkFolder(folder).files()) {
      try (FileChannel channel = CrosswalkFolder.writing(file)) {
        if (Segment.hasHeader(channel)) {
          erased += erase(channel, Segment.open(channel, file, key), key.name(studyId));
        }
      }
    }
    return erased;
  }

  private static int erase(FileChannel channel, Segment segment, EntryName wanted)
      throws IOException {
    int[] erased = {0};
    FrameScan.FrameSink eraser =
        (name, at, length) -> {
          if (name.equals(wanted) && !Segment.isErased(segment.sealed(at, length))) {
            ByteBuffer zeros = ByteBuffer.allocate(length);
            while (zeros.hasRemaining()) {
              channel.write(zeros, at + zeros.position());
            }
            erased[0]++;
          }
        };
    new FrameScan(segment, eraser).run(Segment.HEADER_BYTES);
    if (erased[0] > 0) {
      channel.force(false);
    }
    return erased[0];
  }
}
