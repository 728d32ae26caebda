package io.radstream.producers.datasets;

import io.radstream.producers.datasets.StudyList.Entry;
import io.radstream.producers.publish.StudyPart.ViewFacts;
import io.radstream.schemas.Laterality;
import io.radstream.schemas.Projection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** MIMIC-CXR-JPG 2.x with the reports of MIMIC-CXR. */
public final class MimicCxrJpg extends PublishedDataset {

  private static final PublishedCounts PUBLISHED = new PublishedCounts(377_110, 227_835, 65_379);

  /** Who took the labels from the reports. */
  public enum Labeler {
    CHEXPERT,
    NEGBIO
  }

  private static final String ORIGIN = "MIMIC-CXR-JPG 2.x of PhysioNet (physionet.org)";
  private static final int PROBED_REPORTS = 100;

  private final Labeler labeler;
  private final Uncertain uncertain;
  private final Optional<Path> reports;
  private final boolean withoutReports;

  /**
   * @param reports the archive or directory of the reports, where they do not lie in the set's own
   * @param withoutReports whether studies are to be sent without their reports
   */
  public MimicCxrJpg(
      Labeler labeler, Uncertain uncertain, Optional<Path> reports, boolean withoutReports) {
    this.labeler = labeler;
    this.uncertain = uncertain;
    this.reports = reports;
    this.withoutReports = withoutReports;
  }

  @Override
  public String name() {
    return "mimic-cxr-jpg";
  }

  @Override
  public Set<Split> splits() {
    return Set.of(Split.TRAIN, Split.VALIDATE, Split.TEST);
  }

  @Override
  String settings() {
    return "/" + labeler + "/" + uncertain + (withoutReports ? "/without-reports" : "");
  }

  @Override
  Catalogue read(DatasetDirectory directory) throws IOException {
    StudyList studies = new StudyList();
    List<String> notes = new ArrayList<>();
    new TableFile(directory.require(ORIGIN, "mimic-cxr-2.0.0-metadata.csv"))
        .csv(
            List.of("dicom_id", "subject_id", "study_id", "ViewPosition"),
            row -> studies.of(row.get("subject_id"), row.get("study_id")).view(view(row)));
    new TableFile(directory.require(ORIGIN, "mimic-cxr-2.0.0-split.csv"))
        .csv(
            List.of("study_id", "split"),
            row -> addSplit(studies, row.get("study_id"), row.get("split")));
    readLabels(directory, studies, notes);
    PictureFiles pictures = new PictureFiles(List.of(directory), List::of);
    if (withoutReports) {
      return studies.catalogue(PUBLISHED, pictures, notes);
    }
    ReportFiles texts = reportFiles(directory);
    addReports(texts, studies);
    return studies.catalogue(PUBLISHED, pictures, notes).closing(texts);
  }

  private static ListedView view(TableRow row) {
    return new ListedView(
        "%s/%s.jpg"
            .formatted(folder(row.get("subject_id"), row.get("study_id")), row.get("dicom_id")),
        projection(row),
        facts(row),
        List.of());
  }

  private static String folder(String subject, String study) {
    return "files/p%s/p%s/s%s"
        .formatted(subject.substring(0, Math.min(2, subject.length())), subject, study);
  }

  /** Some views have no position, but a code for it. */
  private static Projection projection(TableRow row) {
    Projection position = Projections.of(row.get("ViewPosition"));
    return position == Projection.UNKNOWN
        ? Projections.of(row.get("ViewCodeSequence_CodeMeaning"))
        : position;
  }

  /** Dates are shifted already by whoever published the set. */
  private static ViewFacts facts(TableRow row) {
    try {
      LocalDate date = LocalDate.parse(row.get("StudyDate"), DateTimeFormatter.BASIC_ISO_DATE);
      // The column was written as a number: 093015.531 stands there as 93015.531.
      int time = (int) Double.parseDouble(row.get("StudyTime"));
      LocalTime of = LocalTime.of(time / 10_000, time / 100 % 100, time % 100);
      return new ViewFacts(
          Optional.of(LocalDateTime.of(date, of)), OptionalDouble.empty(), Laterality.UNKNOWN);
    } catch (DateTimeException | NumberFormatException e) {
      return ViewFacts.NONE;
    }
  }

  private static void addSplit(StudyList studies, String study, String split)
      throws DatasetException {
    Optional<Entry> known = studies.find(study);
    if (known.isPresent()) {
      known.get().split(Optional.of(Split.of(split)));
    }
  }

  private void readLabels(DatasetDirectory directory, StudyList studies, List<String> notes)
      throws IOException {
    String name =
        "mimic-cxr-2.0.0-%s.csv".formatted(labeler == Labeler.CHEXPERT ? "chexpert" : "negbio");
    Optional<Path> file = directory.find(name);
    if (file.isEmpty()) {
      notes.add("no labels: %s is missing; it comes with %s".formatted(name, ORIGIN));
      return;
    }
    new TableFile(file.get())
        .csv(List.of("study_id", "No Finding"), row -> addLabels(studies, row));
  }

  private void addLabels(StudyList studies, TableRow row) throws DatasetException {
    Optional<Entry> entry = studies.find(row.get("study_id"));
    if (entry.isEmpty()) {
      return;
    }
    Map<String, Double> labels = new HashMap<>();
    for (String column : row.names()) {
      if (!column.equals("study_id") && !column.equals("subject_id") && !column.isEmpty()) {
        uncertain.add(FindingNames.of(column), row.get(column), labels);
      }
    }
    studies.label(entry.get(), labels);
  }

  private static void addReports(ReportFiles files, StudyList studies) throws IOException {
    int probed = 0;
    boolean found = false;
    for (Entry entry : studies.entries()) {
      String file = folder(entry.patient(), entry.study()) + ".txt";
      entry.report(() -> files.read(file));
      found |= probed++ < PROBED_REPORTS && !found && files.has(file);
    }
    if (!found) {
      throw new DatasetException(
          "the reports are missing: mimic-cxr-reports.zip, or unpacked files/p10/p10000032/"
              + "s50414267.txt and so on; they come with MIMIC-CXR 2.x of PhysioNet"
              + " (physionet.org); say where they lie with --reports, or send the studies"
              + " without them with --without-reports");
    }
  }

  private ReportFiles reportFiles(DatasetDirectory directory) throws IOException {
    if (reports.isPresent()) {
      Path given = reports.get();
      return new ReportFiles(
          List.of(Files.isDirectory(given) ? DatasetDirectory.of(given) : ZipArchive.open(given)));
    }
    List<FileStore> stores = new ArrayList<>();
    Path zip = directory.root().resolve("mimic-cxr-reports.zip");
    if (Files.isRegularFile(zip)) {
      stores.add(ZipArchive.open(zip));
    }
    for (String unpacked : directory.directories("mimic-cxr-reports")) {
      stores.add(DatasetDirectory.of(directory.root().resolve(unpacked)));
    }
    stores.add(directory);
    return new ReportFiles(stores);
  }
}
