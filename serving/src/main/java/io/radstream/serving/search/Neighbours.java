package io.radstream.serving.search;

import java.util.List;

/**
 * What is near, nearest first.
 *
 * @param studies by their views
 * @param reports the studies whose reports are near
 */
public record Neighbours(List<Neighbour> studies, List<Neighbour> reports) {

  public Neighbours {
    studies = List.copyOf(studies);
    reports = List.copyOf(reports);
  }
}
