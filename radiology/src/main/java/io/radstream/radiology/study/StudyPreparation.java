package io.radstream.radiology.study;

import io.radstream.radiology.ViewSelection;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.ModelInput;
import io.radstream.radiology.image.UnreadableImageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

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
    return prepare(views, Runnable::run);
  }

  /**
   * The same with the help of threads that have nothing else to do; it waits for none to begin.
   *
   * @param helpers may leave undone what they are given
   * @throws UnusableViewException as above
   */
  public StudyInput prepare(StudyViews views, Executor helpers) {
    List<Integer> selection = views.selection();
    List<Integer> distinct = views.distinct();
    List<Callable<float[]>> parts = new ArrayList<>();
    for (int index : distinct) {
      parts.add(() -> pixels(decode(views, index), selection.contains(index)));
    }
    List<float[]> pixels = new SharedWork<>(parts).results(helpers);
    int plane = modelInput.size() * modelInput.size();
    float[] images = new float[ViewSelection.VIEWS * plane];
    for (int slot = 0; slot < ViewSelection.VIEWS; slot++) {
      float[] seen = pixels.get(distinct.indexOf(selection.get(slot)));
      System.arraycopy(seen, 0, images, slot * plane, plane);
    }
    return new StudyInput(views.studyId(), images, distinct.size(), selection);
  }

  private float[] pixels(GrayImage image, boolean seen) {
    return seen ? modelInput.center(image) : new float[0];
  }

  private GrayImage decode(StudyViews views, int index) {
    try {
      return decoder.decode(views.received().get(index));
    } catch (UnreadableImageException e) {
      throw new UnusableViewException(index, e);
    }
  }
}
