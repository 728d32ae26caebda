package io.radstream.trainer.augment;

import io.radstream.model.network.CompanionKind;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import io.radstream.trainer.config.Augmentation;
import java.util.random.RandomGenerator;

/** Draws the companion of a picture: another one of the same shape, for an objective. */
sealed interface CompanionPicture
    permits SecondView, SwappedPatches, DistortedPicture, Word, DistortedWord {

  /**
   * A picture as it is shown.
   *
   * @param square the radiograph that it is cut from
   * @param mirrored whether it is shown so
   * @param values normalised brightness, row by row; not to be changed
   * @param offset of its first value
   * @param word part of the radiograph that is drawn as its word
   */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  record Shown(GrayImage square, boolean mirrored, float[] values, int offset, WordPlace word) {}

  /**
   * @param target gets as many values as the picture has
   * @param offset of the first
   */
  void draw(Shown shown, float[] target, int offset, RandomGenerator random);

  /** Pictures of that input, varied within these limits. */
  static CompanionPicture of(CompanionKind kind, Augmentation limits, ModelInput input) {
    return switch (kind) {
      case SECOND_VIEW -> new SecondView(limits, input);
      case SWAPPED_PATCHES -> new SwappedPatches(input.size());
      case DISTORTED -> new DistortedPicture(input.size());
      case WORD -> new Word(input.size());
      case DISTORTED_WORD -> new DistortedWord(input.size());
    };
  }
}
