package io.radstream.producers.datasets;

import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyPart.Frame;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageDecoder;
import io.radstream.radiology.image.UnreadableImageException;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * VinDr-CXR as of PhysioNet, or its training part as of the VinBigData competition on Kaggle. Each
 * picture is a study, without a report. A label is what its readers come to.
 */
public final class VinBigData extends PublishedDataset {

  private static final PublishedCounts PUBLISHED =
      new PublishedCounts(18_000, 18_000, PublishedCounts.UNSTATED);

  /** Reads DICOM for those who have it. */
  @FunctionalInterface
  public interface DicomPictures {

    /**
     * @param file a whole file, never written to
     */
    GrayImage read(byte[] file) throws UnreadableImageException, RefusedStudyException;
  }

  /** The competition shows the labels of the training part alone. */
  private static final PublishedCounts COMPETITION =
      new PublishedCounts(15_000, 15_000, PublishedCounts.UNSTATED);

  private static final String PHYSIONET = "VinDr-CXR of PhysioNet (physionet.org)";
  private static final String KAGGLE =
      "the competition VinBigData Chest X-ray Abnormalities Detection (kaggle.com)";
  private static final List<String> SUFFIXES = List.of(".png", ".jpg", ".dicom", ".dcm");

  private final Optional<DicomPictures> dicom;
  private final Readers readers;

  /** With the share of the readers who saw a finding as its label. */
  public VinBigData(Optional<DicomPictures> dicom) {
    this(dicom, Readers.SHARE);
  }

  /**
   * @param dicom empty where only pictures that were converted to PNG or JPEG can be read
   */
  public VinBigData(Optional<DicomPictures> dicom, Readers readers) {
    this.dicom = dicom;
    this.readers = readers;
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
  Catalogue read(DatasetDirectory directory) throws IOException {
    StudyList studies = new StudyList();
    PublishedCounts published = PUBLISHED;
    if (directory.find("annotations/image_labels_train.csv").isPresent()) {
      readPhysioNet(directory, Split.TRAIN, studies);
      readPhysioNet(directory, Split.TEST, studies);
    } else {
      readKaggle(directory, studies);
      published = COMPETITION;
    }
    return studies.catalogue(published, pictures(directory), List.of());
  }

  private void readPhysioNet(DatasetDirectory directory, Split split, StudyList studies)
      throws IOException {
    String name = split.name().toLowerCase(Locale.ROOT);
    VinDrPart reading = new VinDrPart(frames(directory, name), readers);
    new TableFile(directory.require(PHYSIONET, "annotations/image_labels_%s.csv".formatted(name)))
        .csv(List.of("image_id", "No finding"), row -> reading.votes(row.get("image_id")).add(row));
    new TableFile(directory.require(PHYSIONET, "annotations/annotations_%s.csv".formatted(name)))
        .csv(
            List.of("image_id", "class_name", "x_min", "y_min", "x_max", "y_max"), reading::addBox);
    reading.list(split, studies);
  }

  private void readKaggle(DatasetDirectory directory, StudyList studies) throws IOException {
    VinDrPart reading = new VinDrPart(frames(directory, "train"), readers);
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
    reading.knowAll(ReaderVotes.COMPETITION);
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
    return new PictureFiles(
        List.of(directory), file -> SUFFIXES.stream().map(file::concat).toList(), this::decode);
  }

  private GrayImage decode(String name, byte[] bytes)
      throws UnreadableImageException, RefusedStudyException {
    if (!name.endsWith(".dicom") && !name.endsWith(".dcm")) {
      return new ImageDecoder().decode(bytes);
    }
    return dicom
        .orElseThrow(
            () ->
                new RefusedStudyException(
                    RejectionReason.UNDECODABLE_IMAGE,
                    "a DICOM file; only pictures that were converted to PNG or JPEG are read"))
        .read(bytes);
  }
}
