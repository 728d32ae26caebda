package io.radstream.serving.pictures;

import io.radstream.objects.Claim;
import io.radstream.schemas.EncodedView;
import io.radstream.schemas.OriginalView;
import io.radstream.schemas.View;
import java.util.Optional;

/**
 * The pictures of a view.
 *
 * @param published its encoded picture, as the record has it
 * @param original the same at full resolution; empty where the record refers to none
 */
@SuppressWarnings("ArrayRecordComponent") // the record's own; never compared
public record ViewPictures(byte[] published, Optional<Claim> original) {

  public static ViewPictures of(View view) {
    return new ViewPictures(
        EncodedView.bytes(view), Optional.ofNullable(view.getOriginal()).map(ViewPictures::claim));
  }

  private static Claim claim(OriginalView original) {
    return new Claim(original.getUri(), original.getBytes(), original.getSha256());
  }

  /**
   * Of the published picture, or of the larger one.
   *
   * @param full whether the one at full resolution may be read, where there is such
   */
  public long bytes(boolean full) {
    return Math.max(published.length, original.filter(claim -> full).map(Claim::bytes).orElse(0L));
  }
}
