package io.radstream.radiology.study;

import io.radstream.radiology.ViewSelection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A study made ready for one model.
 *
 * @param studyId the caller's name for the study, if any
 * @param images 3 views × side × side
 * @param distinctViews how many different views were received
 * @param selection which of the received views the network sees, three indices from 0
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the device once, never compared
public record StudyInput(
    Optional<String> studyId, float[] images, int distinctViews, List<Integer> selection) {

  /** How many different pictures the network sees, by their pixels. */
  public int pictures() {
    int plane = images.length / ViewSelection.VIEWS;
    int different = 0;
    for (int slot = 0; slot < ViewSelection.VIEWS; slot++) {
      if (!isSeenBefore(slot, plane)) {
        different++;
      }
    }
    return different;
  }

  private boolean isSeenBefore(int slot, int plane) {
    for (int other = 0; other < slot; other++) {
      if (Arrays.equals(
          images, other * plane, (other + 1) * plane, images, slot * plane, (slot + 1) * plane)) {
        return true;
      }
    }
    return false;
  }
}
