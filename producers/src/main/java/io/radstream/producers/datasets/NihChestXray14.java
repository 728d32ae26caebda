package io.radstream.producers.datasets;

import io.radstream.producers.publish.StudyPart.Frame;
import io.radstream.producers.publish.StudyPart.RawBox;
import io.radstream.producers.publish.StudyPart.ViewFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** ChestX-ray14 of the NIH Clinical Center: each picture is a study, without a report. */
public final class NihChestXray14 extends PublishedDataset {

  private static final PublishedCounts PUBLISHED = new PublishedCounts(112_120, 112_120, 30_805);

  private static final String ORIGIN =
      "ChestX-ray14 of the NIH Clinical Center (nihcc.app.box.com/v/ChestXray-NIHCC)";
  private static final String NO_FINDING = "no finding";
  private static final Optional<Frame> FRAME = Optional.of(new Frame(1024, 1024));

  /** All that the set's labels know of. */
  private static final Set<String> FINDINGS =
      Set.of(
          NO_FINDING,
          "atelectasis",
          "cardiomegaly",
          "consolidation",
          "edema",
          "effusion",
          "emphysema",
          "fibrosis",
          "hernia",
          "infiltration",
          "mass",
          "nodule",
          "pleural thickening",
          "pneumonia",
          "pneumothorax");

  @Override
  public String name() {
    return "nih-chestxray14";
  }

  @Override
  public Set<Split> splits() {
    return Set.of(Split.TRAIN, Split.TEST);
  }

  @Override
  Catalogue read(DatasetDirectory directory) throws IOException {
    List<String> notes = new ArrayList<>();
    Map<String, List<RawBox>> boxes = boxes(directory, notes);
    Map<String, Split> splits = splits(directory);
    StudyList studies = new StudyList();
    new TableFile(directory.require(ORIGIN, "Data_Entry_2017_v2020.csv", "Data_Entry_2017.csv"))
        .csv(
            List.of("Image Index", "Finding Labels", "Patient ID", "View Position"),
            row -> {
              String image = row.get("Image Index");
              StudyList.Entry entry =
                  studies
                      .of(row.get("Patient ID"), image)
                      .view(
                          new ListedView(
                              image,
                              Projections.of(row.get("View Position")),
                              ViewFacts.NONE,
                              boxes.getOrDefault(image, List.of())))
                      .split(Optional.ofNullable(splits.get(image)));
              studies.label(entry, labels(row.get("Finding Labels")));
            });
    return studies.catalogue(PUBLISHED, pictures(directory), notes);
  }

  private static Map<String, Double> labels(String listed) {
    Map<String, Double> labels = new HashMap<>();
    FINDINGS.forEach(finding -> labels.put(finding, 0.0));
    Arrays.stream(listed.split("\\|", -1))
        .map(FindingNames::of)
        .filter(finding -> !finding.isEmpty())
        .forEach(finding -> labels.put(finding, 1.0));
    return labels;
  }

  /** The columns' own names are of no use: {@code Bbox [x,y,w,h],,,}. */
  private static Map<String, List<RawBox>> boxes(DatasetDirectory directory, List<String> notes)
      throws IOException {
    Optional<Path> file = directory.find("BBox_List_2017.csv");
    if (file.isEmpty()) {
      notes.add("no boxes: BBox_List_2017.csv is missing; it comes with " + ORIGIN);
      return Map.of();
    }
    Map<String, List<RawBox>> boxes = new HashMap<>();
    new TableFile(file.get())
        .csv(
            List.of("Image Index", "Finding Label"),
            row ->
                boxes
                    .computeIfAbsent(row.get("Image Index"), it -> new ArrayList<>(1))
                    .add(
                        new RawBox(
                            finding(row.get("Finding Label")),
                            Numbers.finite(row.get(2)),
                            Numbers.finite(row.get(3)),
                            Numbers.finite(row.get(4)),
                            Numbers.finite(row.get(5)),
                            Optional.empty(),
                            FRAME)));
    return boxes;
  }

  /** The boxes' table alone calls it so. */
  private static String finding(String label) {
    return label.equals("Infiltrate") ? "infiltration" : FindingNames.of(label);
  }

  private static Map<String, Split> splits(DatasetDirectory directory) throws IOException {
    Map<String, Split> splits = new HashMap<>();
    addSplit(directory, "train_val_list.txt", Split.TRAIN, splits);
    addSplit(directory, "test_list.txt", Split.TEST, splits);
    return splits;
  }

  private static void addSplit(
      DatasetDirectory directory, String name, Split split, Map<String, Split> splits)
      throws IOException {
    new TableFile(directory.require(ORIGIN, name)).list(image -> splits.put(image, split));
  }

  private static PictureFiles pictures(DatasetDirectory directory) {
    String[] archives =
        IntStream.rangeClosed(1, 12)
            .mapToObj("images_%03d/images"::formatted)
            .toArray(String[]::new);
    List<String> folders = new ArrayList<>(directory.directories(archives));
    folders.addAll(directory.directories("images"));
    return new PictureFiles(
        List.of(directory), file -> folders.stream().map(it -> it + "/" + file).toList());
  }
}
