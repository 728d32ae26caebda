package io.radstream.producers.phantom;

import java.util.List;

/**
 * A synthetic study.
 *
 * @param index which one of its seed
 * @param patient index of the patient; a few patients have two studies
 * @param views one to four; the first is frontal
 * @param report free text
 * @param truth what was drawn
 */
public record PhantomStudy(
    long index, long patient, List<PhantomView> views, String report, Truth truth) {

  public PhantomStudy {
    views = List.copyOf(views);
  }
}
