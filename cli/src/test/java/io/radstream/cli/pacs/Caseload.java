package io.radstream.cli.pacs;

import io.radstream.cli.phi.PlantedHospital;
import io.radstream.cli.phi.PlantedHospital.Examination;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The studies of a day.
 *
 * @param usual what is to be learned from
 * @param burned one with a name in its picture
 * @param unread one whose report never gets a text
 * @param preliminary one whose report is never final
 */
record Caseload(
    List<Examination> usual, Examination burned, Examination unread, Examination preliminary) {

  private static final int PLANTED_EVERYWHERE = 8;

  Caseload {
    usual = List.copyOf(usual);
  }

  /**
   * @param studies to learn from
   */
  static Caseload of(PlantedHospital hospital, int studies) throws IOException {
    List<Examination> usual = new ArrayList<>();
    for (int i = 0; i < studies; i++) {
      usual.add(hospital.examine(i, i % PLANTED_EVERYWHERE == 0));
    }
    return new Caseload(
        usual,
        hospital.examineBurned(studies),
        hospital.examine(studies + 1, false),
        hospital.examine(studies + 2, false));
  }

  /** Its report is corrected. */
  Examination corrected() {
    return usual.get(0);
  }

  /** Its report gets an addendum. */
  Examination added() {
    return usual.get(1);
  }

  /** Its patient turns out to be the one of {@link #survivor}. */
  Examination former() {
    return usual.get(2);
  }

  Examination survivor() {
    return usual.get(3);
  }

  /** Whose images come first. */
  List<Examination> imagesFirst() {
    return Stream.concat(everySecond(0), Stream.of(burned, unread, preliminary)).toList();
  }

  /** Whose report comes first. */
  List<Examination> reportFirst() {
    return everySecond(1).toList();
  }

  private Stream<Examination> everySecond(int first) {
    return Stream.iterate(first, i -> i < usual.size(), i -> i + 2).map(usual::get);
  }

  static List<Path> files(List<Examination> examinations) {
    return examinations.stream().flatMap(each -> each.files().stream()).toList();
  }

  /** Of all studies. */
  int views() {
    return files(imagesFirst()).size() + files(reportFirst()).size();
  }
}
