package io.radstream.producers.datasets;

import io.radstream.producers.datasets.ListedStudy.ReportText;
import io.radstream.producers.datasets.StudyList.Entry;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.schemas.Projection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;

/** Indiana University's chest radiographs, as Open-i of the NLM publishes them (NLMCXR). */
public final class OpenI extends PublishedDataset {

  private static final PublishedCounts PUBLISHED =
      new PublishedCounts(7_470, 3_955, PublishedCounts.UNSTATED);

  private static final String ORIGIN =
      "the Indiana University collection of Open-i (openi.nlm.nih.gov)";
  private static final String PROJECTIONS = "indiana_projections.csv";
  private static final long MAX_XML = 1024 * 1024;

  /** Terms of the index that name a place; what is found there stands behind it. */
  private static final Set<String> PLACES =
      Set.of(
          "lung",
          "aorta",
          "aorta, thoracic",
          "spine",
          "thoracic vertebrae",
          "lumbar vertebrae",
          "cervical vertebrae",
          "diaphragm",
          "mediastinum",
          "heart",
          "cardiac shadow",
          "costophrenic angle",
          "markings",
          "pulmonary artery",
          "shoulder",
          "ribs",
          "pleura",
          "trachea",
          "sulcus",
          "thorax",
          "abdomen",
          "humerus",
          "bone and bones",
          "heart atria",
          "heart ventricles",
          "lymph nodes",
          "epicardial fat",
          "blood vessels");

  private static final Set<String> NO_FINDINGS =
      Set.of("no indexing", "technical quality of image unsatisfactory");

  @Override
  public String name() {
    return "openi";
  }

  @Override
  Catalogue read(DatasetDirectory directory) throws IOException {
    List<String> names = directory.list("ecgen-radiology", ".xml");
    if (names.isEmpty()) {
      throw new DatasetException(
          "ecgen-radiology/*.xml is missing in %s; unpack NLMCXR_reports.tgz; it comes with %s"
              .formatted(directory.root(), ORIGIN));
    }
    List<String> notes = new ArrayList<>();
    Map<String, Projection> projections = projections(directory, notes);
    StudyList studies = new StudyList();
    PresentFindings findings = new PresentFindings();
    XMLInputFactory factory = OpenIReport.factory();
    for (String name : names) {
      OpenIReport report = read(directory, "ecgen-radiology/" + name, factory);
      // The set does not say which studies are one patient's.
      Entry entry = studies.of(report.id(), report.id()).report(ReportText.of(report.text()));
      for (String image : report.images()) {
        entry.view(
            new ListedView(image + ".png", projections.getOrDefault(image, Projection.UNKNOWN)));
      }
      findings.add(report.id(), labels(report.terms()), !isUnindexed(report.terms()));
    }
    findings.label(studies);
    List<String> folders = directory.directories("NLMCXR_png", "images", "");
    PictureFiles pictures =
        new PictureFiles(
            List.of(directory), file -> folders.stream().map(it -> inside(it, file)).toList());
    return studies.catalogue(PUBLISHED, pictures, notes);
  }

  private static String inside(String folder, String file) {
    return folder.isEmpty() ? file : folder + "/" + file;
  }

  private static OpenIReport read(DatasetDirectory directory, String name, XMLInputFactory factory)
      throws IOException {
    try {
      byte[] xml =
          directory
              .read(name, MAX_XML)
              .orElseThrow(() -> new DatasetException(name + " cannot be read"));
      return OpenIReport.of(xml, factory);
    } catch (RefusedStudyException | DatasetException e) {
      throw new DatasetException(name + ": " + e.getMessage());
    }
  }

  /** By image, from the table that comes with the collection's copy on Kaggle. */
  private static Map<String, Projection> projections(DatasetDirectory directory, List<String> notes)
      throws IOException {
    Optional<Path> file = directory.find(PROJECTIONS);
    if (file.isEmpty()) {
      notes.add(
          "no projections: %s is missing; it comes with the collection's copy on Kaggle"
              .formatted(PROJECTIONS));
      return Map.of();
    }
    Map<String, Projection> projections = new HashMap<>();
    new TableFile(file.get())
        .csv(
            List.of("uid", "filename", "projection"),
            row -> {
              Projection projection = Projections.of(row.get("projection"));
              String name = row.get("filename").replaceFirst("(\\.dcm)?\\.png$", "");
              projections.put("CXR" + name, projection);
              // Images of the first report have its number twice.
              projections.put("CXR" + row.get("uid") + "_" + name, projection);
            });
    return projections;
  }

  private static boolean isUnindexed(List<String> terms) {
    return terms.isEmpty() || terms.stream().anyMatch(term -> NO_FINDINGS.contains(plain(term)));
  }

  private static Set<String> labels(List<String> terms) {
    Set<String> labels = new HashSet<>();
    for (String term : terms) {
      String[] words = plain(term).split("/", -1);
      boolean place = PLACES.contains(words[0].strip()) && words.length > 1;
      if (!NO_FINDINGS.contains(words[0].strip())) {
        labels.add(FindingNames.of(place ? words[0] + " " + words[1] : words[0]));
      }
    }
    labels.remove("");
    return labels;
  }

  private static String plain(String term) {
    return term.toLowerCase(Locale.ROOT).strip();
  }
}
