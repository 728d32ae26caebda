package io.radstream.producers.datasets;

import io.radstream.producers.datasets.ListedStudy.ReportText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gathers studies from tables that tell of images one by one, in the order in which studies first
 * come. What many studies have in common, as their labels and patients, is held once.
 */
final class StudyList {

  /** What is known of a study so far. */
  static final class Entry {
    private final String patient;
    private final String study;
    private final List<ListedView> views = new ArrayList<>(2);
    private Optional<Split> split = Optional.empty();
    private ReportText report = ReportText.NONE;
    private Map<String, Double> labels = Map.of();

    private long leftOut;

    private Entry(String patient, String study) {
      this.patient = patient;
      this.study = study;
    }

    String patient() {
      return patient;
    }

    String study() {
      return study;
    }

    Entry view(ListedView view) {
      views.add(view);
      return this;
    }

    /** The set has one more image of the study, which is not to be sent. */
    void leaveOut() {
      leftOut++;
    }

    Entry split(Optional<Split> known) {
      split = known;
      return this;
    }

    Entry report(ReportText text) {
      report = text;
      return this;
    }

    boolean hasReport() {
      return report != ReportText.NONE;
    }

    Map<String, Double> labels() {
      return labels;
    }

    private ListedStudy listed() {
      return new ListedStudy(patient, study, split, List.copyOf(views), report, labels);
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<Object, Object> shared = new HashMap<>();

  /**
   * The study of this name, new or known.
   *
   * @throws DatasetException where the name is empty or is another patient's study already
   */
  Entry of(String patient, String study) throws DatasetException {
    if (patient.isEmpty() || study.isEmpty()) {
      throw new DatasetException("a row without a patient or a study");
    }
    Entry known = entries.get(study);
    if (known == null) {
      known = new Entry(once(patient), study);
      entries.put(study, known);
    } else if (!known.patient.equals(patient)) {
      throw new DatasetException("one study of two patients");
    }
    return known;
  }

  Optional<Entry> find(String study) {
    return Optional.ofNullable(entries.get(study));
  }

  Collection<Entry> entries() {
    return entries.values();
  }

  void label(Entry entry, Map<String, Double> labels) {
    entry.labels = once(Map.copyOf(labels));
  }

  Catalogue catalogue(PublishedCounts published, PictureFiles pictures, List<String> notes) {
    List<ListedStudy> studies = entries.values().stream().map(Entry::listed).toList();
    long images = entries.values().stream().mapToLong(it -> it.views.size() + it.leftOut).sum();
    long patients = studies.stream().map(ListedStudy::patient).distinct().count();
    PublishedCounts found = new PublishedCounts(images, studies.size(), patients);
    return new Catalogue(studies, pictures, notes, found, published, () -> {});
  }

  @SuppressWarnings("unchecked")
  private <T> T once(T value) {
    Object known = shared.putIfAbsent(value, value);
    return known == null ? value : (T) known;
  }
}
