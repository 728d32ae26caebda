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
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds studies in a crosswalk, while others write to it. It keeps where each entry lies, some
 * hundred bytes for each, and nothing of what is in it. Thread-safe.
 */
public final class CrosswalkReader implements Closeable {

  private record Place(Segment segment, long at, int length) {}

  /** One file, as far as it is known. */
  private final class Followed implements FrameScan.FrameSink {
    private final FileChannel channel;
    private final Segment segment;
    private long scanned = Segment.HEADER_BYTES;
    private long size;
    private int damages;

    Followed(FileChannel channel, Segment segment) {
      this.channel = channel;
      this.segment = segment;
    }

    void follow() throws IOException {
      long now = channel.size();
      if (now != size) {
        scanned = new FrameScan(segment, this).run(scanned);
        size = now;
      }
    }

    @Override
    public void accept(EntryName name, long at, int length) {
      places.computeIfAbsent(name, any -> new ArrayList<>(1)).add(new Place(segment, at, length));
    }

    @Override
    public void damaged() {
      damages++;
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
   * Files that are damaged, and at how many places, as far as they were read. Half an entry at an
   * end is no damage: there a process was killed.
   */
  public synchronized SortedMap<Path, Integer> damages() {
    SortedMap<Path, Integer> damages = new TreeMap<>();
    followed.forEach(
        (file, each) -> {
          if (each.damages > 0) {
            damages.put(file, each.damages);
          }
        });
    return damages;
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
      known.follow();
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
