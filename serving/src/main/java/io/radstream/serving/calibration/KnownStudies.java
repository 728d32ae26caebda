package io.radstream.serving.calibration;

import io.radstream.radiology.study.StudyViews;
import java.util.List;

/** Studies that a network has learned from. */
@FunctionalInterface
public interface KnownStudies {

  /** None, so that nothing can be told of how familiar a study is. */
  KnownStudies NONE = checkpointId -> List.of();

  /**
   * The same ones every time it is called for a checkpoint, as long as they are there.
   *
   * @throws RuntimeException where they cannot be read
   */
  List<StudyViews> draw(String checkpointId);
}
