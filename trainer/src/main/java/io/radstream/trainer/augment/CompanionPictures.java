package io.radstream.trainer.augment;

import io.radstream.model.network.CompanionKind;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ModelInput;
import io.radstream.trainer.config.Augmentation;
import java.util.ArrayList;
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
    if (kinds.isEmpty()) {
      return;
    }
    List<CompanionPicture.Shown> pictures = shown(study, epoch, views, mirrored, room);
    for (int view = 0; view < pictures.size(); view++) {
      room.words()[view] = pictures.get(view).word().number();
    }
    for (CompanionKind kind : kinds) {
      draw(
          CompanionPicture.of(kind, limits, input),
          CounterRandom.of(
              seed, "companion " + kind + " " + study.studyId(), study.revision(), epoch),
          pictures,
          room,
          room.companions().get(kind));
    }
  }

  /** For each view its picture; where a view is repeated, the first again. */
  private List<CompanionPicture.Shown> shown(
      PreparedStudy study, long epoch, List<GrayImage> views, boolean mirrored, PictureRoom room) {
    CounterRandom random =
        CounterRandom.of(seed, "word " + study.studyId(), study.revision(), epoch);
    IdentityHashMap<GrayImage, CompanionPicture.Shown> drawn = new IdentityHashMap<>();
    List<CompanionPicture.Shown> pictures = new ArrayList<>();
    int next = room.offset();
    for (GrayImage view : views) {
      int at = next;
      pictures.add(
          drawn.computeIfAbsent(
              view,
              key ->
                  new CompanionPicture.Shown(
                      key, mirrored, room.images(), at, WordPlace.draw(random))));
      next += input.size() * input.size();
    }
    return pictures;
  }

  /** A repeated view has the same companion again, as it has the same picture. */
  private void draw(
      CompanionPicture kind,
      CounterRandom random,
      List<CompanionPicture.Shown> pictures,
      PictureRoom room,
      float[] target) {
    int values = input.size() * input.size();
    int next = room.offset();
    for (CompanionPicture.Shown picture : pictures) {
      if (picture.offset() == next) {
        kind.draw(picture, target, next, random);
      } else {
        System.arraycopy(target, picture.offset(), target, next, values);
      }
      next += values;
    }
  }
}
