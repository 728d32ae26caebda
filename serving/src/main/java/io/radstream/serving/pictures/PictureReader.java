package io.radstream.serving.pictures;

import io.radstream.objects.Claim;
import io.radstream.objects.ClaimedObjects;
import io.radstream.objects.UnclaimableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the pictures of views, published or at full resolution. Thread-safe.
 *
 * @param originals where the latter are read; empty where nobody has said
 */
public record PictureReader(Optional<ClaimedObjects> originals) {

  /**
   * @param full whether at full resolution, where there is such
   * @throws LostPictureException where one is not to be had
   * @throws PicturesAwayException where one cannot be read now, or nobody has said where they are
   */
  public List<byte[]> of(List<ViewPictures> views, boolean full) throws LostPictureException {
    return read(views, claim -> full);
  }

  /**
   * Those that were seen before, by names for people.
   *
   * @param digests SHA-256 of what was seen
   * @throws LostPictureException as above
   * @throws PicturesAwayException as above
   */
  public Map<String, byte[]> named(List<ViewPictures> views, Collection<String> digests)
      throws LostPictureException {
    List<byte[]> seen = read(views, claim -> digests.contains(claim.sha256()));
    Map<String, byte[]> named = new LinkedHashMap<>();
    for (int i = 0; i < seen.size(); i++) {
      named.put("view " + i, seen.get(i));
    }
    return named;
  }

  private List<byte[]> read(List<ViewPictures> views, Predicate<Claim> wanted)
      throws LostPictureException {
    List<byte[]> pictures = new ArrayList<>();
    for (ViewPictures view : views) {
      Optional<Claim> claim = view.original().filter(wanted);
      pictures.add(claim.isPresent() ? claimed(claim.get()) : view.published());
    }
    return pictures;
  }

  private byte[] claimed(Claim claim) throws LostPictureException {
    ClaimedObjects objects =
        originals.orElseThrow(
            () ->
                new PicturesAwayException(
                    "the checkpoint sees pictures at full resolution: --originals s3://BUCKET/PREFIX has to say where they may be read",
                    null));
    try {
      return objects.read(claim);
    } catch (UnclaimableException e) {
      throw new LostPictureException(e);
    } catch (IOException e) {
      throw new PicturesAwayException(e.getMessage(), e);
    }
  }
}
