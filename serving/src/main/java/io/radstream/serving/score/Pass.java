package io.radstream.serving.score;

import io.radstream.radiology.ViewSelection;
import io.radstream.radiology.study.StudyInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * In what company a study went through the network. The last bits of a score depend on the shape of
 * its pass and on the study's place in it, and not on what the others show.
 *
 * @param pictures of each study of the pass, how many different ones the network saw
 * @param place of this study, from 0
 */
public record Pass(List<Integer> pictures, int place) {

  public Pass {
    pictures = List.copyOf(pictures);
    if (place < 0 || place >= pictures.size()) {
      throw new IllegalArgumentException(
          "%d is no place in a pass of %d studies".formatted(place, pictures.size()));
    }
  }

  static Pass alone(StudyInput study) {
    return new Pass(List.of(study.pictures()), 0);
  }

  /** Whether a study can have been the one. */
  public boolean takes(StudyInput study) {
    return pictures.get(place) == study.pictures();
  }

  /** The study in its place, among others of as many pictures each, which show nothing. */
  List<StudyInput> around(StudyInput study) {
    List<StudyInput> pass = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      pass.add(i == place ? study : blank(pictures.get(i), study.images().length));
    }
    return pass;
  }

  private static StudyInput blank(int different, int length) {
    int plane = length / ViewSelection.VIEWS;
    float[] images = new float[length];
    for (int i = 0; i < length; i++) {
      images[i] = (float) (i / plane % different) / ViewSelection.VIEWS;
    }
    List<Integer> selection =
        IntStream.range(0, ViewSelection.VIEWS).map(slot -> slot % different).boxed().toList();
    return new StudyInput(Optional.empty(), images, different, selection);
  }
}
