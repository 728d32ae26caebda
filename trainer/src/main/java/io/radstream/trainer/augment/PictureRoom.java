package io.radstream.trainer.augment;

import io.radstream.model.network.CompanionKind;
import io.radstream.radiology.ViewSelection;
import java.util.Map;

/**
 * Where the pictures of a study are written.
 *
 * @param images gets the study's three views from {@code offset} on
 * @param companions of each kind that is asked for, gets those of the three views, at the same
 *     place
 * @param words gets for each of the three views which word is drawn of it
 */
@SuppressWarnings("ArrayRecordComponent") // written to, never compared
public record PictureRoom(
    float[] images, Map<CompanionKind, float[]> companions, int offset, int[] words) {

  /** Where no words are asked for. */
  public PictureRoom(float[] images, Map<CompanionKind, float[]> companions, int offset) {
    this(images, companions, offset, new int[ViewSelection.VIEWS]);
  }
}
