package io.radstream.producers.publish;

import io.radstream.objects.ObjectStore;
import io.radstream.objects.Patience;
import io.radstream.objects.Tries;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.radiology.image.PixelRoom;
import io.radstream.schemas.OriginalPlace;
import io.radstream.schemas.OriginalView;
import io.radstream.schemas.PixelEncoding;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Where pictures are put at full resolution, before the records that refer to them go out. The same
 * picture is the same object, which is sent once. Pictures that are put at once take no more than a
 * quarter of Java's memory, or are one. Thread-safe.
 */
public final class Originals {

  /** Half a minute: whoever sends a picture waits for its answer. */
  private static final Tries TRIES = Tries.after(1, 2, 4, 8, 15);

  /** That a picture takes for each pixel while it is packed and sent. */
  private static final int BYTES = 5;

  private final ObjectStore store;
  private final Patience patience;
  private final PixelRoom room = PixelRoom.ofMemory(BYTES);

  /** With tries of half a minute. */
  public Originals(ObjectStore store) {
    this(store, TRIES);
  }

  /**
   * @param tries where the store is away
   */
  public Originals(ObjectStore store, Tries tries) {
    this.store = store.triedOnce();
    this.patience = new Patience(tries, System::nanoTime);
  }

  /**
   * @param studyId pseudonym, as is that of the view
   * @return what refers to it
   * @throws StepUnavailableException where the store does not take it
   */
  OriginalView put(String studyId, String viewId, GrayImage picture) {
    return room.during(picture, () -> put(studyId, viewId, ImageEncoder.png(picture)));
  }

  private OriginalView put(String studyId, String viewId, byte[] png) {
    String sha256 = Sha256.of(png);
    String key = OriginalPlace.key(studyId, viewId, sha256, PixelEncoding.PNG);
    try {
      patience.of(() -> put(key, png));
    } catch (IOException e) {
      throw new StepUnavailableException(
          "the picture at full resolution cannot be put into the store: " + e.getMessage(), e);
    }
    return new OriginalView(
        store.address().uri(key).toString(), (long) png.length, sha256, PixelEncoding.PNG);
  }

  /** One of another size is not what its key says: somebody else has written it. */
  private boolean put(String key, byte[] png) throws IOException {
    OptionalLong there = store.size(key);
    boolean missing = there.isEmpty() || there.getAsLong() != png.length;
    if (missing) {
      store.replace(key, png);
    }
    return missing;
  }

  /** From now on a store that is away is not waited for. */
  void end() {
    patience.end();
  }
}
