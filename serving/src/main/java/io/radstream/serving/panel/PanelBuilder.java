package io.radstream.serving.panel;

import io.radstream.radiology.study.StudyPreparation;
import io.radstream.radiology.study.StudyViews;
import io.radstream.radiology.study.UnusableViewException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gathers the studies of a panel, each in one part or in several, and refuses what no checkpoint
 * could be judged on.
 */
public final class PanelBuilder {

  /** Any will do to see whether an image can be read. */
  private static final int TRIAL_SIDE = 32;

  /**
   * What is known of a study so far.
   *
   * @param place of its first part
   */
  private record Draft(
      String place, String patient, Map<String, byte[]> views, Map<String, Double> labels) {}

  private final StudyPreparation trial = new StudyPreparation(TRIAL_SIDE);
  private final Map<String, Draft> drafts = new LinkedHashMap<>();
  private long bytes;

  /**
   * Adds a part of a study. Of a view or a label that comes twice, the later counts.
   *
   * @param place where the part stands, for messages, such as "line 7"
   * @param id tells the study from the others; not a name that anybody is known by
   * @param patient tells the patient from the others; likewise
   * @param views name of a view within the study to its encoded image
   * @param labels finding to probability: 1 is there, 0 is not, and all between is not known
   * @throws UnusablePanelException where the panel grows too large
   */
  public void add(
      String place,
      String id,
      String patient,
      Map<String, byte[]> views,
      Map<String, Double> labels)
      throws UnusablePanelException {
    Draft draft =
        drafts.computeIfAbsent(
            id, key -> new Draft(place, patient, new LinkedHashMap<>(), new HashMap<>()));
    views.forEach(
        (name, image) -> {
          byte[] before = draft.views.put(name, image);
          bytes += image.length - (before == null ? 0 : before.length);
        });
    draft.labels.putAll(labels);
    if (drafts.size() > Panel.MOST_STUDIES || bytes > Panel.MOST_BYTES) {
      throw new UnusablePanelException(
          "%s: a panel holds at most %d studies and %d MiB of images; choose fewer, or smaller images"
              .formatted(place, Panel.MOST_STUDIES, Panel.MOST_BYTES >> 20));
    }
  }

  /**
   * Studies without a known label are left out, since nothing can be judged by them.
   *
   * @throws UnusablePanelException where a study has no image, too many, or one that cannot be
   *     read, and where no finding can be judged
   */
  public Panel build() throws UnusablePanelException {
    List<PanelStudy> studies = new ArrayList<>();
    for (Map.Entry<String, Draft> draft : drafts.entrySet()) {
      Map<String, Boolean> labels = known(draft.getValue().labels);
      if (!labels.isEmpty()) {
        studies.add(study(draft.getKey(), draft.getValue(), labels));
      }
    }
    return Panel.of(studies);
  }

  private static Map<String, Boolean> known(Map<String, Double> labels) {
    Map<String, Boolean> known = new TreeMap<>();
    labels.forEach(
        (finding, probability) -> {
          if (probability == 0 || probability == 1) {
            known.put(finding, probability == 1);
          }
        });
    return known;
  }

  private PanelStudy study(String id, Draft draft, Map<String, Boolean> labels)
      throws UnusablePanelException {
    int views = draft.views.size();
    if (views == 0 || views > StudyViews.MOST_VIEWS) {
      throw new UnusablePanelException(
          "%s: a study of a panel has 1 to %d images, and not %d"
              .formatted(draft.place, StudyViews.MOST_VIEWS, views));
    }
    StudyViews encoded = new StudyViews(Optional.empty(), List.copyOf(draft.views.values()));
    try {
      trial.prepare(encoded);
    } catch (UnusableViewException e) {
      throw new UnusablePanelException(draft.place + ": " + e.getMessage());
    }
    return new PanelStudy(id, draft.patient, encoded, labels);
  }
}
