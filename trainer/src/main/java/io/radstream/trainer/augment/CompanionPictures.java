package io.radstream.trainer.augment;

import io.radstream.model.network.CompanionKind;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import io.radstream.trainer.config.Augmentation;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Draws the companions of a study's pictures, of each kind from random numbers of its own, so that
 * no other draw depends on whether there are companions.
 */
record CompanionPictures(
    long seed, Augmentation limits, ModelInput input, Set<CompanionKind> kinds) {

  CompanionPictures {
    kinds = Set.copyOf(kinds);
  }

  /**
   * @param views that the study's pictures show, in their order; the pictures are in the room
   */
  void draw(
      PreparedStudy study, long epoch, List<GrayImage> views, boolean mirrored, PictureRoom room) {
    for (CompanionKind kind : kinds) {
      draw(
          CompanionPicture.of(kind, limits, input),
          CounterRandom.of(
              seed, "companion " + kind + " " + study.studyId(), study.revision(), epoch),
          views,
          mirrored,
          room,
          room.companions().get(kind));
    }
  }

  /** A repeated view has the same companion again, as it has the same picture. */
  private void draw(
      CompanionPicture kind,
      CounterRandom random,
      List<GrayImage> views,
      boolean mirrored,
      PictureRoom room,
      float[] target) {
    int values = input.size() * input.size();
    IdentityHashMap<GrayImage, Integer> drawn = new IdentityHashMap<>();
    int next = room.offset();
    for (GrayImage view : views) {
      Integer same = drawn.putIfAbsent(view, next);
      if (same == null) {
        CompanionPicture.Shown shown =
            new CompanionPicture.Shown(view, mirrored, room.images(), next);
        kind.draw(shown, target, next, random);
      } else {
        System.arraycopy(target, same, target, next, values);
      }
      next += values;
    }
  }
}
