package io.radstream.cli.phi;

import io.radstream.radiology.image.GrayImage;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes a radiograph with a canary in every attribute of DICOM's dictionary. */
final class PlantedRadiograph {

  private static final String DIGITAL_RADIOGRAPH = "1.2.840.10008.5.1.4.1.1.1.1";

  /** Group of what says how the pixels are stored. */
  private static final int PIXELS = 0x0028;

  /** Groups below are of the file and of the network, not of a data set. */
  private static final int FIRST_GROUP = 0x0008;

  /** Structure, and numbers that are read as such. */
  private static final Set<String> UNPLANTED =
      Set.of("AT", "FL", "FD", "OD", "OF", "OL", "OV", "SL", "SS", "SV", "UL", "US", "UV");

  private final Aviary aviary;
  private final Map<Integer, String> dictionary;

  /**
   * @param dictionary tag to value representation
   */
  PlantedRadiograph(Aviary aviary, Map<Integer, String> dictionary) {
    this.aviary = aviary;
    this.dictionary = Map.copyOf(dictionary);
  }

  /**
   * @param annotation of (0028,0301), as YES or NO
   * @return a whole file
   */
  byte[] file(PlantedPatient patient, GrayImage picture, String projection, String annotation) {
    DicomWriter data = new DicomWriter();
    String instance = "1.2.826.0.1." + aviary.number("DICOM SOP instance UID");
    data.put(0x00080005, "CS", "ISO_IR 192");
    data.put(0x00080016, "UI", DIGITAL_RADIOGRAPH).put(0x00080018, "UI", instance);
    data.put(0x00080008, "CS", "DERIVED\\PRIMARY");
    data.put(0x00080050, "SH", patient.accession()).put(0x00100020, "LO", patient.number());
    data.put(0x00100010, "PN", patient.family() + "^" + patient.given());
    data.put(0x00080090, "PN", patient.physician() + "^Dr");
    data.put(0x0020000D, "UI", patient.studyUid());
    String day = DateTimeFormatter.BASIC_ISO_DATE.format(patient.examined());
    data.put(0x00080022, "DA", day).put(0x00080032, "TM", "120000");
    data.put(0x0008002A, "DT", day + "120000");
    data.put(0x00080060, "CS", "DX").put(0x00180015, "CS", "CHEST");
    data.put(0x00185101, "CS", projection);
    putPixels(data, picture, annotation);
    dictionary.forEach((tag, vr) -> plant(data, tag, vr));
    plantPrivate(data);
    return data.file(DIGITAL_RADIOGRAPH, instance);
  }

  private static void putPixels(DicomWriter data, GrayImage picture, String annotation) {
    data.putShort(0x00280002, 1).put(0x00280004, "CS", "MONOCHROME2");
    data.putShort(0x00280010, picture.height()).putShort(0x00280011, picture.width());
    data.putShort(0x00280100, 8).putShort(0x00280101, 8).putShort(0x00280102, 7);
    data.putShort(0x00280103, 0).put(0x00280301, "CS", annotation);
    data.put(0x00280302, "CS", "NO");
    data.put(0x7FE00010, "OB", picture.pixels());
  }

  /** In whatever has no part in what the picture is or shows. */
  private void plant(DicomWriter data, int tag, String vr) {
    int group = tag >>> Short.SIZE;
    boolean structural = (tag & 0xFFFF) == 0 || group < FIRST_GROUP || group == PIXELS;
    if (structural || group >= 0x7F00 || data.has(tag) || UNPLANTED.contains(vr)) {
      return;
    }
    String place = "DICOM (%04X,%04X)".formatted(group, tag & 0xFFFF);
    switch (vr) {
      case "SQ" ->
          data.put(tag, new DicomWriter().put(0x00100010, "PN", aviary.name(place + " item")));
      case "DA" -> data.put(tag, vr, date(place));
      case "DT" -> data.put(tag, vr, date(place) + "120000");
      case "UI" -> data.put(tag, vr, "1.2.826.0.2." + aviary.number(place));
      case "DS", "IS" -> data.put(tag, vr, aviary.number(place));
      case "TM", "AS" -> {}
      case "CS" -> data.put(tag, vr, aviary.name(place).toUpperCase(Locale.ROOT));
      default -> data.put(tag, vr, aviary.name(place));
    }
  }

  private void plantPrivate(DicomWriter data) {
    data.put(0x00090010, "LO", aviary.name("DICOM private creator"));
    data.put(0x00091001, "LO", aviary.name("DICOM private attribute"));
    data.put(0x60003000, "OW", aviary.name("DICOM overlay"));
  }

  private String date(String place) {
    return DateTimeFormatter.BASIC_ISO_DATE.format(aviary.headerDay(place));
  }
}
