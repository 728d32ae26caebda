package io.radstream.serving.inference;

import io.radstream.radiology.study.StudyViews;
import java.util.List;

/**
 * How encoded views are laid out in a tensor: studies × places for views. A place may stay empty,
 * so that studies of one request can have different numbers of views.
 *
 * @param rowed whether the tensor has two dimensions; one with a single dimension is one study
 */
record ImageShape(int studies, int places, boolean rowed) {

  /** Most studies of one request. */
  static final int MOST_STUDIES = 32;

  static ImageShape of(List<Long> shape) {
    if (shape == null || shape.isEmpty() || shape.size() > 2 || shape.contains(null)) {
      throw new InvalidInferenceException(
          "the shape of image must be [views] for one study, or [studies, views]");
    }
    boolean rowed = shape.size() == 2;
    return new ImageShape(
        rowed ? bounded("studies", shape.get(0), MOST_STUDIES) : 1,
        bounded("views", shape.get(shape.size() - 1), StudyViews.MOST_VIEWS),
        rowed);
  }

  private static int bounded(String what, long size, int most) {
    if (size < 1 || size > most) {
      throw new InvalidInferenceException(
          "a request may hold 1 to %d %s here, not %d".formatted(most, what, size));
    }
    return (int) size;
  }

  int elements() {
    return studies * places;
  }
}
