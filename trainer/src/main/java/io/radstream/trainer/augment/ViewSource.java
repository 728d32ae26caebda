package io.radstream.trainer.augment;

import io.radstream.objects.Claim;
import io.radstream.objects.ClaimedObjects;
import io.radstream.objects.UnclaimableException;
import io.radstream.schemas.EncodedView;
import io.radstream.schemas.OriginalView;
import io.radstream.schemas.View;
import io.radstream.trainer.config.InvalidConfigException;
import io.radstream.trainer.config.RunConfig;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/** Which picture of a view is decoded, and where it is had. */
public sealed interface ViewSource {

  /** Those that were published. */
  ViewSource PUBLISHED = new Published();

  /**
   * What a run's settings want.
   *
   * @param originals where pictures at full resolution are read; empty where nobody has said
   * @param withdrawn by study id
   * @throws InvalidConfigException where the settings want such, and nobody has said where they are
   */
  static ViewSource of(
      RunConfig config, Optional<ClaimedObjects> originals, Predicate<String> withdrawn) {
    return switch (config.data().views()) {
      case PUBLISHED -> PUBLISHED;
      case ORIGINAL -> new Originals(required(originals), withdrawn);
    };
  }

  private static ClaimedObjects required(Optional<ClaimedObjects> originals) {
    return originals.orElseThrow(
        () ->
            new InvalidConfigException(
                "data.views is ORIGINAL: --originals s3://BUCKET/PREFIX has to say where pictures at full resolution may be read"));
  }

  /** An encoded picture that may have to be fetched. */
  interface Picture {

    /** Under which it is kept, once it is decoded. */
    byte[] key();

    /** Whether it is one at full resolution, beside that of the record. */
    boolean isOriginal();

    /**
     * Its bytes; empty where it may not be used any more.
     *
     * @throws IOException where they are not to be had
     */
    Optional<byte[]> bytes() throws IOException;
  }

  /** The picture of a view of a study. */
  Picture of(String studyId, View view);

  /** The record holds it. */
  record Published() implements ViewSource {

    @Override
    public Picture of(String studyId, View view) {
      byte[] bytes = EncodedView.bytes(view);
      return new Picture() {
        @Override
        public byte[] key() {
          return ViewStore.key(bytes);
        }

        @Override
        public boolean isOriginal() {
          return false;
        }

        @Override
        public Optional<byte[]> bytes() {
          return Optional.of(bytes);
        }
      };
    }
  }

  /**
   * A store holds it, where the record refers to one; else it is at full resolution already, or
   * nobody has put it there.
   *
   * @param withdrawn by study id: what is gone of such a study was meant to be
   */
  record Originals(ClaimedObjects objects, Predicate<String> withdrawn) implements ViewSource {

    @Override
    public Picture of(String studyId, View view) {
      OriginalView original = view.getOriginal();
      return original == null
          ? PUBLISHED.of(studyId, view)
          : new Claimed(objects, original, studyId, withdrawn);
    }
  }

  /** One that is brought when it is asked for, and held no longer than it takes to decode it. */
  record Claimed(
      ClaimedObjects objects, OriginalView original, String studyId, Predicate<String> withdrawn)
      implements Picture {

    @Override
    public byte[] key() {
      return ViewStore.keyOfOriginal(original.getSha256());
    }

    @Override
    public boolean isOriginal() {
      return true;
    }

    @Override
    public Optional<byte[]> bytes() throws IOException {
      try {
        return Optional.of(
            objects.read(new Claim(original.getUri(), original.getBytes(), original.getSha256())));
      } catch (UnclaimableException e) {
        if (withdrawn.test(studyId)) {
          return Optional.empty();
        }
        throw e;
      }
    }
  }
}
