package io.radstream.producers.publish;

import io.radstream.objects.ObjectStore;
import io.radstream.objects.Tries;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.OriginalPlace;
import io.radstream.schemas.OriginalView;
import io.radstream.schemas.PixelEncoding;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Where pictures are put at full resolution, before the records that refer to them go out. The same
 * picture is the same object, which is sent once. Thread-safe.
 *
 * @param tries where the store is away
 */
public record Originals(ObjectStore store, Tries tries) {

  /** Half a minute: whoever sends a picture waits for its answer. */
  private static final Tries TRIES = Tries.after(1, 2, 4, 8, 15);

  /** With tries of half a minute. */
  public Originals(ObjectStore store) {
    this(store, TRIES);
  }

  /**
   * @param studyId pseudonym, as is that of the view
   * @return what refers to it
   * @throws StepUnavailableException where the store does not take it
   */
  OriginalView put(String studyId, String viewId, GrayImage picture) {
    byte[] png = ImageEncoder.png(picture);
    String sha256 = Sha256.of(png);
    String key = OriginalPlace.key(studyId, viewId, sha256, PixelEncoding.PNG);
    try {
      tries.of(() -> put(key, png));
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
}
