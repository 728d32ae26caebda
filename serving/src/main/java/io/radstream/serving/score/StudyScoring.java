package io.radstream.serving.score;

import io.radstream.radiology.study.StudyViews;
import java.util.List;

/** A model that studies are put before, beside what it answers. */
public interface StudyScoring {

  ModelIdentity identity();

  /**
   * One pass through the network for all of the studies, on the calling thread.
   *
   * @return in the order of the studies, all of it numbers
   * @throws io.radstream.radiology.study.UnusableViewException naming the first view that is not a
   *     usable radiograph
   * @throws IllegalStateException where the network gives too little, or what is no number
   */
  List<ScoredStudy> scoreViews(List<StudyViews> studies);
}
