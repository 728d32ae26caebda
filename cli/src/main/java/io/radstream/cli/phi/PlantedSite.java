package io.radstream.cli.phi;

import io.radstream.producers.phantom.PhantomGenerator;
import io.radstream.producers.phantom.PhantomStudy;
import io.radstream.radiology.image.GrayImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A hospital whose patients are made of canaries: radiographs in DICOM files, reports as HL7
 * messages, both with a canary in every place that the standards have.
 *
 * @param directory of the files
 * @param messages one report each
 * @param burned accession numbers of studies that have a name in their picture, or say so
 * @param canaries all that were planted
 */
record PlantedSite(
    Path directory, List<String> messages, List<PlantedPatient> burned, List<Canary> canaries) {

  private static final int SIDE = 512;
  private static final int FULL = 4;
  private static final int SCALE = 2;

  PlantedSite {
    messages = List.copyOf(messages);
    burned = List.copyOf(burned);
    canaries = List.copyOf(canaries);
  }

  /** Builds one. */
  private static final class Builder {

    private final Aviary aviary;
    private final Path directory;
    private final PlantedRadiograph full;
    private final PlantedRadiograph plain;
    private final PlantedMessage reports;
    private final PhantomGenerator phantoms = new PhantomGenerator(SIDE, 1);
    private final List<String> messages = new ArrayList<>();

    Builder(long seed, Path directory, Map<Integer, String> dictionary) {
      this.aviary = new Aviary(seed);
      this.directory = directory;
      this.full = new PlantedRadiograph(aviary, dictionary);
      this.plain = new PlantedRadiograph(aviary, Map.of());
      this.reports = new PlantedMessage(aviary);
    }

    /** The first ones have a canary in every attribute; so many are enough. */
    private PlantedRadiograph radiographs(int index) {
      return index < FULL ? full : plain;
    }

    void whole(int index) throws IOException {
      PhantomStudy phantom = phantoms.study(1, index);
      PlantedPatient patient = PlantedPatient.of(aviary);
      write(radiographs(index), patient, picture(phantom), "NO");
      messages.add(reports.oru(patient, phantom.report()));
    }

    PlantedPatient burned(int index, Corner corner) throws IOException {
      PlantedPatient patient = PlantedPatient.of(aviary);
      GrayImage picture = corner.burn(picture(phantoms.study(1, index)));
      write(plain, patient, picture, corner == Corner.TOLD ? "YES" : "NO");
      messages.add(reports.oru(patient, phantoms.study(1, index).report()));
      return patient;
    }

    private static GrayImage picture(PhantomStudy phantom) {
      return phantom.views().get(0).image();
    }

    private void write(
        PlantedRadiograph radiograph, PlantedPatient patient, GrayImage picture, String annotation)
        throws IOException {
      // A file's own name is a place, too.
      Path folder = directory.resolve(aviary.name("name of a folder"));
      Files.createDirectories(folder);
      Files.write(
          folder.resolve(aviary.name("name of a file") + ".dcm"),
          radiograph.file(patient, picture, "PA", annotation));
    }
  }

  /** Where a name is burned in. */
  private enum Corner {
    TOP_LEFT(false, false),
    TOP_RIGHT(true, false),
    BOTTOM_LEFT(false, true),
    BOTTOM_RIGHT(true, true),
    /** Nowhere, but the header says so. */
    TOLD(false, false);

    private static final int MARGIN = 6;

    private final boolean right;
    private final boolean bottom;

    Corner(boolean right, boolean bottom) {
      this.right = right;
      this.bottom = bottom;
    }

    GrayImage burn(GrayImage picture) {
      if (this == TOLD) {
        return picture;
      }
      int x = right ? picture.width() - MARGIN - Lettering.width(SCALE) : MARGIN;
      int y = bottom ? picture.height() - MARGIN - Lettering.height(SCALE) : MARGIN;
      return Lettering.burnedInto(picture, x, y, SCALE);
    }
  }

  /**
   * @param directory for its files
   * @param studies that are to be learned from
   * @param dictionary of DICOM: tag to value representation
   */
  static PlantedSite plant(long seed, Path directory, int studies, Map<Integer, String> dictionary)
      throws IOException {
    Builder builder = new Builder(seed, directory, dictionary);
    for (int index = 0; index < studies; index++) {
      builder.whole(index);
    }
    List<PlantedPatient> burned = new ArrayList<>();
    for (Corner corner : Corner.values()) {
      burned.add(builder.burned(studies + burned.size(), corner));
    }
    return new PlantedSite(directory, builder.messages, burned, builder.aviary.all());
  }
}
