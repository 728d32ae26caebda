package io.radstream.serving.arrivals;

import io.radstream.model.explain.PatchMap;
import java.util.List;

/** What is known of where a score comes from. */
public sealed interface MappedScore {

  /**
   * @param side of what the network saw of a view, in pixels
   * @param views one for each different view that it saw, and each finding that was asked for
   */
  record Mapped(int side, List<MappedView> views) implements MappedScore {

    public Mapped {
      views = List.copyOf(views);
    }
  }

  /**
   * One view.
   *
   * @param view its place among the study's views, from 0
   * @param encoded the view as it stands on its topic
   * @param map of the part that the network saw
   */
  @SuppressWarnings("ArrayRecordComponent") // drawn once, never compared
  record MappedView(String finding, int view, byte[] encoded, PatchMap map) {}

  /**
   * @param why one of few sentences, without what is particular to the study
   */
  record Unmapped(String why) implements MappedScore {}
}
