package io.radstream.producers.datasets;

import io.radstream.producers.datasets.ListedStudy.ReportText;
import io.radstream.producers.datasets.StudyList.Entry;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The COVID-19 Image Data Collection (ieee8023/covid-chestxray-dataset): its radiographs. */
public final class CovidImageCollection extends PublishedDataset {

  /** The collection grew from week to week, and nowhere says how large it became. */
  private static final PublishedCounts PUBLISHED =
      new PublishedCounts(
          PublishedCounts.UNSTATED, PublishedCounts.UNSTATED, PublishedCounts.UNSTATED);

  private static final String ORIGIN =
      "the COVID-19 Image Data Collection (ieee8023/covid-chestxray-dataset on GitHub)";

  private static final Set<String> UNKNOWN = Set.of("", "todo", "unknown");

  /** What the rows of a study say. */
  private static final class Told {
    private final Set<String> notes = new LinkedHashSet<>();
    private final Map<String, Double> labels = new HashMap<>();
  }

  @Override
  public String name() {
    return "covid-idc";
  }

  @Override
  Catalogue read(DatasetDirectory directory) throws IOException {
    StudyList studies = new StudyList();
    Map<Entry, Told> told = new LinkedHashMap<>();
    new TableFile(directory.require(ORIGIN, "metadata.csv"))
        .csv(
            List.of(
                "patientid",
                "offset",
                "finding",
                "view",
                "modality",
                "date",
                "filename",
                "clinical_notes"),
            row -> {
              if (row.get("modality").equals("X-ray")) {
                add(row, studies, told);
              }
            });
    told.forEach(
        (entry, it) -> {
          entry.report(ReportText.of(String.join("\n", it.notes)));
          studies.label(entry, contrasted(it.labels));
        });
    PictureFiles pictures = new PictureFiles(List.of(directory), file -> List.of("images/" + file));
    return studies.catalogue(PUBLISHED, pictures, List.of());
  }

  /**
   * What is known to be another disease has no COVID-19, and a pneumonia has one kind of germ: the
   * two tasks of the paper by Zhou et al. (2022, section 4.2), COVID-19 against the rest and viral
   * against bacterial. Whether a pneumonia of no stated cause is one of COVID-19 is not known.
   */
  private static Map<String, Double> contrasted(Map<String, Double> labels) {
    Map<String, Double> contrasted = new HashMap<>(labels);
    if (!labels.isEmpty() && !labels.keySet().equals(Set.of("pneumonia"))) {
      contrasted.putIfAbsent("covid-19", 0.0);
    }
    if (labels.containsKey("viral")) {
      contrasted.putIfAbsent("bacterial", 0.0);
    }
    if (labels.containsKey("bacterial")) {
      contrasted.putIfAbsent("viral", 0.0);
    }
    return contrasted;
  }

  /** Pictures of a patient on one day are one study; where the day is not known, of one date. */
  private static void add(TableRow row, StudyList studies, Map<Entry, Told> told)
      throws DatasetException {
    String patient = row.get("patientid");
    String day = row.get("offset").isEmpty() ? "date/" + row.get("date") : row.get("offset");
    Entry entry = studies.of(patient, patient + "/" + day);
    entry.view(new ListedView(row.get("filename"), Projections.of(row.get("view"))));
    Told said = told.computeIfAbsent(entry, it -> new Told());
    if (!row.get("clinical_notes").isEmpty()) {
      said.notes.add(row.get("clinical_notes"));
    }
    for (String finding : row.get("finding").split("/", -1)) {
      String name = FindingNames.of(finding);
      if (!UNKNOWN.contains(name)) {
        said.labels.put(name, 1.0);
      }
    }
  }
}
