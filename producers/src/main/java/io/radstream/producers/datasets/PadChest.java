package io.radstream.producers.datasets;

import io.radstream.producers.datasets.ListedStudy.ReportText;
import io.radstream.producers.datasets.StudyList.Entry;
import io.radstream.producers.publish.RefusedStudyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PadChest of BIMCV: 16-bit pictures, Spanish reports, labels in English. */
public final class PadChest extends PublishedDataset {

  private static final PublishedCounts PUBLISHED =
      new PublishedCounts(160_861, PublishedCounts.UNSTATED, 67_625);

  private static final String ORIGIN = "PadChest of BIMCV (bimcv.cipf.es/bimcv-projects/padchest)";
  private static final String TABLE = "PADCHEST_chest_x_ray_images_labels_160K_01.02.19.csv";

  /** Of a picture that shows no chest, or not so that it can be used. */
  private static final String EXCLUDED = "EXCLUDE";

  /** Of the report as a whole, and not of what the picture shows. */
  private static final Set<String> REMARKS = Set.of("exclude", "unchanged", "suboptimal study");

  /** What a report leaves open that has one of them. */
  private static final Set<String> INCOMPLETE = Set.of("exclude", "unchanged");

  /** As Python writes a list: names with an apostrophe stand in double quotes. */
  private static final Pattern ITEM = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

  @Override
  public String name() {
    return "padchest";
  }

  @Override
  Catalogue read(DatasetDirectory directory) throws IOException {
    StudyList studies = new StudyList();
    PresentFindings findings = new PresentFindings();
    new TableFile(directory.require(ORIGIN, TABLE))
        .csv(
            List.of(
                "ImageID", "ImageDir", "StudyID", "PatientID", "Projection", "Report", "Labels"),
            row -> add(row, studies, findings));
    findings.label(studies);
    return studies.catalogue(PUBLISHED, pictures(directory), List.of());
  }

  private static void add(TableRow row, StudyList studies, PresentFindings findings)
      throws DatasetException {
    Entry entry = studies.of(row.get("PatientID"), row.get("StudyID"));
    if (row.get("Projection").equals(EXCLUDED)) {
      entry.leaveOut();
    } else {
      entry.view(
          new ListedView(
              row.get("ImageDir") + "/" + row.get("ImageID"),
              Projections.of(row.get("Projection"))));
    }
    if (!entry.hasReport()) {
      entry.report(ReportText.of(row.get("Report")));
    }
    if (!row.get("Labels").isEmpty()) {
      Set<String> named = labels(row.get("Labels"));
      boolean complete = named.stream().noneMatch(INCOMPLETE::contains);
      named.removeAll(REMARKS);
      findings.add(entry.study(), named, complete);
    }
  }

  private static Set<String> labels(String list) {
    Set<String> labels = new HashSet<>();
    Matcher items = ITEM.matcher(list);
    while (items.find()) {
      labels.add(FindingNames.of(items.group(1) == null ? items.group(2) : items.group(1)));
    }
    labels.remove("");
    return labels;
  }

  /** Unpacked in folders by number or in one, or in the archives as they come. */
  private static PictureFiles pictures(DatasetDirectory directory) throws IOException {
    List<FileStore> stores = new ArrayList<>(List.of(directory));
    for (String archive : directory.list("", ".zip")) {
      if (archive.matches("\\d+\\.zip")) {
        Path file = directory.root().resolve(archive);
        stores.add(new NumberedArchive(archive.replace(".zip", "/"), ZipArchive.open(file)));
      }
    }
    return new PictureFiles(
        stores,
        file -> {
          String name = file.substring(file.indexOf('/') + 1);
          return List.of(file, "images/" + file, name, "images/" + name);
        });
  }

  /**
   * Pictures of one folder, packed with or without its name.
   *
   * @param folder with a slash at its end
   */
  private record NumberedArchive(String folder, ZipArchive archive) implements FileStore {

    @Override
    public Optional<byte[]> read(String name, long limit)
        throws IOException, RefusedStudyException {
      if (!name.startsWith(folder)) {
        return Optional.empty();
      }
      Optional<byte[]> inFolder = archive.read(name, limit);
      return inFolder.isPresent() ? inFolder : archive.read(name.substring(folder.length()), limit);
    }

    @Override
    public void close() throws IOException {
      archive.close();
    }
  }
}
