package io.radstream.radiology.study;

import io.radstream.radiology.ViewSelection;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.image.UnreadableImageException;
import java.util.List;

/** Makes what a network sees of the views of a study. Thread-safe. */
public final class StudyPreparation {

  private final ImageDecoder decoder = new ImageDecoder();
  private final ModelInput modelInput;

  /**
   * @param imageSize side of the network's square input, in pixels
   */
  public StudyPreparation(int imageSize) {
    this.modelInput = new ModelInput(imageSize);
  }

  /**
   * Decodes every view, so that a bad one is told even if it would not have been drawn.
   *
   * @throws UnusableViewException naming the first view that is not a usable radiograph
   */
  public StudyInput prepare(StudyViews views) {
    List<Integer> selection = views.selection();
    List<Integer> distinct = views.distinct();
    int plane = modelInput.size() * modelInput.size();
    float[] images = new float[ViewSelection.VIEWS * plane];
    for (int index : distinct) {
      GrayImage image = decode(views, index);
      if (selection.contains(index)) {
        float[] pixels = modelInput.center(image);
        for (int slot = 0; slot < ViewSelection.VIEWS; slot++) {
          if (selection.get(slot) == index) {
            System.arraycopy(pixels, 0, images, slot * plane, plane);
          }
        }
      }
    }
    return new StudyInput(views.studyId(), images, distinct.size(), selection);
  }

  private GrayImage decode(StudyViews views, int index) {
    try {
      return decoder.decode(views.received().get(index));
    } catch (UnreadableImageException e) {
      throw new UnusableViewException(index, e);
    }
  }
}
