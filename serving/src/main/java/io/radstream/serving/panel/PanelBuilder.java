package io.radstream.serving.panel;

import io.radstream.radiology.study.StudyPreparation;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers the studies of a panel, and refuses those that no checkpoint could be judged on. */
public final class PanelBuilder {

  /** Any will do to see whether an image can be read. */
  private static final int TRIAL_SIDE = 32;

  private final StudyPreparation trial = new StudyPreparation(TRIAL_SIDE);
  private final List<PanelStudy> studies = new ArrayList<>();
  private long bytes;

  /**
   * Adds a study. One without a known label is passed over, since nothing can be judged by it.
   *
   * @param place where it stands, for messages, such as "line 7"
   * @param id tells it from the others; not a name that a patient is known by
   * @param patient likewise
   * @param labels finding to probability: 1 is there, 0 is not, and all between is not known
   * @throws UnusablePanelException where an image cannot be read, or the panel grows too large
   */
  public void add(
      String place, String id, String patient, List<byte[]> views, Map<String, Double> labels)
      throws UnusablePanelException {
    Map<String, Boolean> known = known(labels);
    if (known.isEmpty()) {
      return;
    }
    if (views.isEmpty() || views.size() > StudyViews.MOST_VIEWS) {
      throw new UnusablePanelException(
          "%s: a study of the panel has 1 to %d images, not %d"
              .formatted(place, StudyViews.MOST_VIEWS, views.size()));
    }
    PanelStudy study = new PanelStudy(id, patient, new StudyViews(Optional.empty(), views), known);
    requireReadable(place, study.views());
    bytes += study.bytes();
    if (studies.size() == Panel.MOST_STUDIES || bytes > Panel.MOST_BYTES) {
      throw new UnusablePanelException(
          "%s: a panel holds at most %d studies and %d bytes of images; choose fewer, or smaller images"
              .formatted(place, Panel.MOST_STUDIES, Panel.MOST_BYTES));
    }
    studies.add(study);
  }

  private static Map<String, Boolean> known(Map<String, Double> labels) {
    Map<String, Boolean> known = new HashMap<>();
    labels.forEach(
        (finding, probability) -> {
          if (probability == 0 || probability == 1) {
            known.put(finding, probability == 1);
          }
        });
    return known;
  }

  private void requireReadable(String place, StudyViews views) throws UnusablePanelException {
    try {
      trial.prepare(views);
    } catch (UnusableViewException e) {
      throw new UnusablePanelException(place + ": " + e.getMessage());
    }
  }

  /**
   * @throws UnusablePanelException where no finding can be judged
   */
  public Panel build() throws UnusablePanelException {
    return Panel.of(studies);
  }
}
