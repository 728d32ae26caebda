package io.radstream.serving.score;

import io.radstream.radiology.study.StudyViews;
import java.util.ArrayList;
import java.util.List;

/** A model that studies are put before, beside what it answers. */
public interface StudyScoring {

  /** Studies of such a pass. */
  int AT_ONCE = 4;

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

  /** Many studies in passes that are so small that an answer does not wait long for them. */
  static List<List<StudyViews>> parts(List<StudyViews> studies) {
    List<List<StudyViews>> parts = new ArrayList<>();
    for (int from = 0; from < studies.size(); from += AT_ONCE) {
      parts.add(studies.subList(from, Math.min(from + AT_ONCE, studies.size())));
    }
    return parts;
  }
}
