package io.radstream.serving.panel;

import io.radstream.radiology.study.StudyViews;
import java.util.Map;

/**
 * A study of which is known what it shows.
 *
 * @param id tells it from the others; a name that the panel made, or a pseudonym
 * @param patient the same for all studies of a patient; likewise
 * @param views encoded images
 * @param labels finding to whether it is there; a finding of which that is not known is not in it
 */
public record PanelStudy(String id, String patient, StudyViews views, Map<String, Boolean> labels) {

  public PanelStudy {
    labels = Map.copyOf(labels);
  }
}
