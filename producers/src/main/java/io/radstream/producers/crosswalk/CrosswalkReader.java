package io.radstream.producers.crosswalk;

import io.radstream.deidentification.keys.SiteKey;
import io.radstream.producers.publish.KnownStudy;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds studies in a crosswalk, while others write to it. It keeps where each entry lies, some
 * hundred bytes for each, and nothing of what is in it. Thread-safe.
 */
public final class CrosswalkReader implements Closeable {

  private record Place(Segment segment, long at, int length) {}

  private static final class Followed {
    private final FileChannel channel;
    private final Segment segment;
    private long scanned = Segment.HEADER_BYTES;

    Followed(FileChannel channel, Segment segment) {
      this.channel = channel;
      this.segment = segment;
    }
  }

  private final CrosswalkFolder folder;
  private final CrosswalkKey key;
  private final Map<Path, Followed> followed = new HashMap<>();
  private final Map<EntryName, List<Place>> places = new HashMap<>();

  private CrosswalkReader(CrosswalkFolder folder, CrosswalkKey key) {
    this.folder = folder;
    this.key = key;
  }

  /**
   * @throws IOException where there is no such folder, or it was made with another key
   */
  public static CrosswalkReader open(Path folder, SiteKey siteKey) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          folder + " is no folder of a crosswalk: publish with --crosswalk makes one");
    }
    CrosswalkReader reader =
        new CrosswalkReader(new CrosswalkFolder(folder), new CrosswalkKey(siteKey));
    try {
      reader.follow();
    } catch (IOException e) {
      reader.close();
      throw e;
    }
    return reader;
  }

  /**
   * @param studyId the study's pseudonym
   */
  public synchronized Lookup find(String studyId) throws IOException {
    follow();
    EntryName name = key.name(studyId);
    boolean erased = false;
    Optional<KnownStudy> found = Optional.empty();
    for (Place place : places.getOrDefault(name, List.of())) {
      byte[] sealed = place.segment().sealed(place.at(), place.length());
      if (Segment.isErased(sealed)) {
        erased = true;
        continue;
      }
      Optional<KnownStudy> entry = place.segment().cipher().open(name, sealed);
      if (entry.isPresent()) {
        found = Optional.of(found.orElse(KnownStudy.UNKNOWN).with(entry.get()));
      }
    }
    if (found.isPresent()) {
      return new Lookup.Known(found.get());
    }
    return erased ? new Lookup.Forgotten() : new Lookup.Unknown();
  }

  private void follow() throws IOException {
    for (Path file : folder.files()) {
      Followed known = followed.get(file);
      if (known == null) {
        Optional<Followed> opened = opened(file);
        if (opened.isEmpty()) {
          continue;
        }
        known = opened.get();
        followed.put(file, known);
      }
      Segment segment = known.segment;
      known.scanned =
          segment.scan(
              known.scanned,
              (name, at, length) ->
                  places
                      .computeIfAbsent(name, any -> new ArrayList<>(1))
                      .add(new Place(segment, at, length)));
    }
  }

  /** Empty where whoever makes the file has only begun. */
  private Optional<Followed> opened(Path file) throws IOException {
    FileChannel channel = CrosswalkFolder.reading(file);
    boolean kept = false;
    try {
      if (!Segment.hasHeader(channel)) {
        return Optional.empty();
      }
      Segment segment = Segment.open(channel, file, key);
      kept = true;
      return Optional.of(new Followed(channel, segment));
    } finally {
      if (!kept) {
        channel.close();
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    for (Followed each : followed.values()) {
      each.channel.close();
    }
  }
}
