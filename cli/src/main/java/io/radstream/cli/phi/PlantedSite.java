package io.radstream.cli.phi;

import io.radstream.deidentification.text.SiteList;
import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomStudy;
import io.radstream.radiology.CounterRandom;
import io.radstream.radiology.image.GrayImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A hospital whose patients are made of canaries: radiographs in DICOM files, reports as HL7
 * messages, both with a canary in every place that the standards have.
 *
 * @param directory of the files
 * @param messages one report each
 * @param studies those to learn from, then those with a name in their picture
 * @param canaries all that were planted
 * @param leftOfList lines of the site's list that could not be planted
 */
record PlantedSite(
    Path directory,
    List<String> messages,
    List<PlantedStudy> studies,
    List<Canary> canaries,
    List<Integer> leftOfList) {

  private static final int SIDE = 512;

  /** So many of the first studies have a canary in every attribute; that is enough. */
  private static final int FULL = 4;

  PlantedSite {
    messages = List.copyOf(messages);
    studies = List.copyOf(studies);
    canaries = List.copyOf(canaries);
    leftOfList = List.copyOf(leftOfList);
  }

  /** How many things of any kind were planted. */
  int planted() {
    int words = studies.stream().mapToInt(study -> study.words().size()).sum();
    return canaries.size() + words;
  }

  /** Builds one. */
  private static final class Builder {

    private final Aviary aviary;
    private final Path directory;
    private final Map<Integer, String> dictionary;
    private final PhantomGenerator phantoms = new PhantomGenerator(SIDE, 1);
    private final List<String> messages = new ArrayList<>();
    private final List<PlantedStudy> studies = new ArrayList<>();

    Builder(Aviary aviary, Path directory, Map<Integer, String> dictionary) {
      this.aviary = aviary;
      this.directory = directory;
      this.dictionary = dictionary;
    }

    void study(Optional<Corner> burned, List<ListedWords.Word> words) throws IOException {
      int index = studies.size();
      String name = "study " + (index + 1);
      PlantedStudy study =
          new PlantedStudy(name, PlantedPatient.of(aviary.in(name)), burned, words);
      PhantomStudy phantom = phantoms.study(1, index);
      GrayImage picture = phantom.views().get(0).image();
      write(study, burned.map(corner -> corner.burn(picture)).orElse(picture), index < FULL);
      messages.add(new PlantedMessage(aviary.in(study.report())).oru(study, phantom.report()));
      studies.add(study);
    }

    private void write(PlantedStudy study, GrayImage picture, boolean full) throws IOException {
      // A file's own name is a place, too.
      Aviary names = aviary.in("files of " + study.name());
      Path folder = directory.resolve(names.name("name of a folder"));
      PlantedRadiograph radiograph =
          new PlantedRadiograph(aviary.in(study.radiograph()), full ? dictionary : Map.of());
      boolean told = study.burned().equals(Optional.of(Corner.TOLD));
      Files.createDirectories(folder);
      Files.write(
          folder.resolve(names.name("name of a file") + ".dcm"),
          radiograph.file(study.patient(), picture, "PA", told ? "YES" : "NO"));
    }
  }

  /**
   * @param directory for its files
   * @param count of studies that are to be learned from
   * @param dictionary of DICOM: tag to value representation
   * @param list the site's own
   */
  static PlantedSite plant(
      long seed,
      Path directory,
      int count,
      Map<Integer, String> dictionary,
      List<SiteList.Entry> list)
      throws IOException {
    Aviary aviary = new Aviary(seed);
    ListedWords words = ListedWords.of(list, CounterRandom.of(seed, "phi-check", 1));
    Builder builder = new Builder(aviary, directory, dictionary);
    for (int index = 0; index < count; index++) {
      builder.study(Optional.empty(), words.share(index, count));
    }
    for (Corner corner : Corner.values()) {
      builder.study(Optional.of(corner), List.of());
    }
    return new PlantedSite(
        directory, builder.messages, builder.studies, aviary.all(), words.left());
  }
}
