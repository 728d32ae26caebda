package io.radstream.producers.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import io.radstream.producers.datasets.ListedStudy.ReportText;
import io.radstream.producers.datasets.StudyList.Entry;
import io.radstream.schemas.Projection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** CheXpert Plus of Stanford AIMI: reports to the pictures of CheXpert. */
public final class CheXpertPlus extends PublishedDataset {

  private static final PublishedCounts PUBLISHED =
      new PublishedCounts(223_462, PublishedCounts.UNSTATED, PublishedCounts.UNSTATED);

  /** What of a report the labels were taken from. */
  public enum LabelledText {
    REPORT,
    FINDINGS,
    IMPRESSION
  }

  private static final String ORIGIN =
      "CheXpert Plus of Stanford AIMI (aimi.stanford.edu/datasets/chexpert-plus)";

  private final LabelledText labels;
  private final Uncertain uncertain;

  public CheXpertPlus(LabelledText labels, Uncertain uncertain) {
    this.labels = labels;
    this.uncertain = uncertain;
  }

  @Override
  public String name() {
    return "chexpert-plus";
  }

  @Override
  public Set<Split> splits() {
    return Set.of(Split.TRAIN, Split.VALIDATE);
  }

  @Override
  String settings() {
    return "/" + labels + "/" + uncertain;
  }

  @Override
  Catalogue read(DatasetDirectory directory) throws IOException {
    StudyList studies = new StudyList();
    List<String> notes = new ArrayList<>();
    new TableFile(directory.require(ORIGIN, "df_chexpert_plus_240401.csv"))
        .csv(
            List.of("path_to_image", "frontal_lateral", "ap_pa", "report", "split"),
            row -> add(row, studies));
    readLabels(directory, studies, notes);
    return studies.catalogue(PUBLISHED, pictures(directory), notes);
  }

  private static void add(TableRow row, StudyList studies) throws DatasetException {
    String path = row.get("path_to_image");
    Entry entry =
        studies
            .of(patient(path), study(path))
            .view(new ListedView(path, projection(row)))
            .split(Optional.of(Split.of(row.get("split"))));
    if (!entry.hasReport()) {
      entry.report(ReportText.of(text(row)));
    }
  }

  /** Of {@code train/patient42142/study5/view1_frontal.jpg} the first two folders. */
  private static String patient(String path) throws DatasetException {
    String study = study(path);
    return study.substring(0, study.lastIndexOf('/'));
  }

  private static String study(String path) throws DatasetException {
    int file = path.lastIndexOf('/');
    if (path.chars().filter(sign -> sign == '/').count() != 3 || path.contains("..")) {
      throw new DatasetException("the path of an image is not split/patient/study/view");
    }
    return path.substring(0, file);
  }

  /** Of a frontal view the second column tells more; of 17 it contradicts, and is not taken. */
  private static Projection projection(TableRow row) {
    if (row.get("frontal_lateral").toLowerCase(Locale.ROOT).equals("lateral")) {
      return Projection.LATERAL;
    }
    Projection frontal = Projections.of(row.get("ap_pa"));
    return frontal == Projection.PA || frontal == Projection.AP ? frontal : Projection.UNKNOWN;
  }

  private static String text(TableRow row) {
    if (!row.get("report").isEmpty()) {
      return row.get("report");
    }
    StringBuilder text = new StringBuilder();
    for (String section : List.of("findings", "impression")) {
      String part = row.get("section_" + section);
      if (!part.isEmpty()) {
        text.append(section.toUpperCase(Locale.ROOT)).append(": ").append(part).append('\n');
      }
    }
    return text.toString();
  }

  private void readLabels(DatasetDirectory directory, StudyList studies, List<String> notes)
      throws IOException {
    String name = labels.name().toLowerCase(Locale.ROOT) + "_fixed.json";
    Optional<Path> file = directory.find("chexbert_labels/" + name, name);
    if (file.isEmpty()) {
      notes.add(
          "no labels: chexbert_labels/%s is missing; it comes with %s".formatted(name, ORIGIN));
      return;
    }
    new TableFile(file.get()).jsonLines(row -> addLabels(row, studies));
  }

  /** All views of a study have the labels of its report. */
  private void addLabels(JsonNode row, StudyList studies) throws DatasetException {
    Optional<Entry> entry = studies.find(study(row.path("path_to_image").asText()));
    if (entry.isEmpty() || !entry.get().labels().isEmpty()) {
      return;
    }
    Map<String, Double> known = new HashMap<>();
    for (Map.Entry<String, JsonNode> finding : row.properties()) {
      if (!finding.getKey().equals("path_to_image")) {
        uncertain.add(FindingNames.of(finding.getKey()), finding.getValue().asText(), known);
      }
    }
    studies.label(entry.get(), known);
  }

  /** As PNG of this set, or the JPEGs of CheXpert, in their size or small. */
  private static PictureFiles pictures(DatasetDirectory directory) {
    List<String> folders =
        directory.directories(
            "PNG/PNG", "PNG", "CheXpert-v1.0", "CheXpert-v1.0-small", "images", "");
    return new PictureFiles(
        List.of(directory),
        file -> {
          String png = file.replaceFirst("\\.jpg$", ".png");
          List<String> places = new ArrayList<>();
          for (String folder : folders) {
            String prefix = folder.isEmpty() ? "" : folder + "/";
            places.add(prefix + png);
            places.add(prefix + file);
          }
          return places;
        });
  }
}
