package io.radstream.producers.datasets;

import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyPart.Frame;
import io.radstream.producers.publish.StudyPart.RawBox;
import io.radstream.producers.publish.StudyPart.ViewFacts;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.Projection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * VinDr-CXR as of PhysioNet, or its training part as of the VinBigData competition on Kaggle. Each
 * picture is a study, without a report. A label is the share of the readers who saw the finding.
 */
public final class VinBigData extends PublishedDataset {

  /** Reads DICOM for those who have it. */
  @FunctionalInterface
  public interface DicomPictures {

    /**
     * @param file a whole file, never written to
     */
    GrayImage read(byte[] file) throws UnreadableImageException, RefusedStudyException;
  }

  private static final String PHYSIONET = "VinDr-CXR of PhysioNet (physionet.org)";
  private static final String KAGGLE =
      "the competition VinBigData Chest X-ray Abnormalities Detection (kaggle.com)";
  private static final List<String> SUFFIXES = List.of(".png", ".jpg", ".dicom", ".dcm");

  private final DicomPictures dicom;

  /** What is known of the pictures of a split. */
  private final class Reading {
    private final Map<String, ReaderVotes> votes = new LinkedHashMap<>();
    private final Map<String, List<RawBox>> boxes = new HashMap<>();
    private final Map<String, Frame> frames;

    Reading(Map<String, Frame> frames) {
      this.frames = frames;
    }

    ReaderVotes votes(String image) {
      return votes.computeIfAbsent(image, it -> new ReaderVotes());
    }

    /** A row without a place says that its reader saw nothing. */
    void addBox(TableRow row) throws DatasetException {
      if (row.get("x_min").isEmpty()) {
        return;
      }
      String image = row.get("image_id");
      double x = Numbers.finite(row.get("x_min"));
      double y = Numbers.finite(row.get("y_min"));
      boxes
          .computeIfAbsent(image, it -> new ArrayList<>())
          .add(
              new RawBox(
                  FindingNames.of(row.get("class_name")),
                  x,
                  y,
                  Numbers.finite(row.get("x_max")) - x,
                  Numbers.finite(row.get("y_max")) - y,
                  Optional.of(row.get("rad_id")).filter(reader -> !reader.isEmpty()),
                  Optional.ofNullable(frames.get(image))));
    }

    /** The set does not say which pictures are one patient's. */
    void list(Split split, StudyList studies) throws DatasetException {
      for (Map.Entry<String, ReaderVotes> image : votes.entrySet()) {
        String name = image.getKey();
        StudyList.Entry entry =
            studies
                .of(name, name)
                .split(Optional.of(split))
                .view(
                    new ListedView(
                        split.name().toLowerCase(Locale.ROOT) + "/" + name,
                        Projection.PA,
                        ViewFacts.NONE,
                        boxes.getOrDefault(name, List.of())));
        studies.label(entry, image.getValue().shares());
      }
    }
  }

  public VinBigData(DicomPictures dicom) {
    this.dicom = dicom;
  }

  @Override
  public String name() {
    return "vinbigdata";
  }

  @Override
  public Set<Split> splits() {
    return Set.of(Split.TRAIN, Split.TEST);
  }

  @Override
  PublishedCounts published() {
    return new PublishedCounts(18_000, 18_000, PublishedCounts.UNSTATED);
  }

  @Override
  Catalogue read(DatasetDirectory directory) throws IOException {
    StudyList studies = new StudyList();
    if (directory.find("annotations/image_labels_train.csv").isPresent()) {
      readPhysioNet(directory, Split.TRAIN, studies);
      readPhysioNet(directory, Split.TEST, studies);
    } else {
      readKaggle(directory, studies);
    }
    return studies.catalogue(pictures(directory), List.of());
  }

  private void readPhysioNet(DatasetDirectory directory, Split split, StudyList studies)
      throws IOException {
    String name = split.name().toLowerCase(Locale.ROOT);
    Reading reading = new Reading(frames(directory, name));
    new TableFile(directory.require(PHYSIONET, "annotations/image_labels_%s.csv".formatted(name)))
        .csv(List.of("image_id", "No finding"), row -> reading.votes(row.get("image_id")).add(row));
    new TableFile(directory.require(PHYSIONET, "annotations/annotations_%s.csv".formatted(name)))
        .csv(
            List.of("image_id", "class_name", "x_min", "y_min", "x_max", "y_max"), reading::addBox);
    reading.list(split, studies);
  }

  private void readKaggle(DatasetDirectory directory, StudyList studies) throws IOException {
    Reading reading = new Reading(frames(directory, "train"));
    Path table =
        directory.require(
            PHYSIONET + " or " + KAGGLE, "annotations/image_labels_train.csv", "train.csv");
    new TableFile(table)
        .csv(
            List.of("image_id", "class_name", "rad_id", "x_min", "y_min", "x_max", "y_max"),
            row -> {
              reading
                  .votes(row.get("image_id"))
                  .add(row.get("rad_id"), FindingNames.of(row.get("class_name")));
              reading.addBox(row);
            });
    reading.votes.values().forEach(votes -> votes.knowAll(ReaderVotes.COMPETITION));
    reading.list(Split.TRAIN, studies);
  }

  /** Sizes of the pictures that the boxes were drawn on, which come with smaller copies of them. */
  private static Map<String, Frame> frames(DatasetDirectory directory, String split)
      throws IOException {
    Optional<Path> file = directory.find(split + "_meta.csv");
    Map<String, Frame> frames = new HashMap<>();
    if (file.isPresent()) {
      new TableFile(file.get())
          .csv(
              List.of("image_id", "dim0", "dim1"),
              row ->
                  frames.put(
                      row.get("image_id"),
                      new Frame(Numbers.side(row.get("dim1")), Numbers.side(row.get("dim0")))));
    }
    return frames;
  }

  private PictureFiles pictures(DatasetDirectory directory) {
    ImageDecoder decoder = new ImageDecoder();
    return new PictureFiles(
        List.of(directory),
        file -> SUFFIXES.stream().map(file::concat).toList(),
        (name, bytes) ->
            name.endsWith(".dicom") || name.endsWith(".dcm")
                ? dicom.read(bytes)
                : decoder.decode(bytes));
  }
}
