package io.radstream.cli.phi;

import io.radstream.radiology.image.GrayImage;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** Writes a radiograph with a canary in every attribute of DICOM's dictionary. */
final class PlantedRadiograph {

  private static final String DIGITAL_RADIOGRAPH = "1.2.840.10008.5.1.4.1.1.1.1";

  private static final int PHONE = 0x00102154;
  private static final int CODE_MEANING = 0x00080104;

  /** Group of what says how the pixels are stored. */
  private static final int PIXELS = 0x0028;

  /** Groups below are of the file and of the network, not of a data set. */
  private static final int FIRST_GROUP = 0x0008;

  /** Structure, and numbers that are read as such. */
  private static final Set<String> UNPLANTED =
      Set.of("AT", "FL", "FD", "OD", "OF", "OL", "OV", "SL", "SS", "SV", "UL", "US", "UV");

  private final Aviary aviary;
  private final Map<Integer, String> dictionary;
  private final IntPredicate describing;

  /**
   * @param dictionary tag to value representation
   */
  PlantedRadiograph(Aviary aviary, Map<Integer, String> dictionary) {
    this(aviary, dictionary, tag -> false);
  }

  /**
   * @param describing attributes of text that name whom and what the header names, rather than hold
   *     canaries of their own
   */
  PlantedRadiograph(Aviary aviary, Map<Integer, String> dictionary, IntPredicate describing) {
    this.aviary = aviary;
    this.dictionary = new TreeMap<>(dictionary);
    this.describing = describing;
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
    data.put(PHONE, "SH", patient.phone());
    PlantedDescription description = new PlantedDescription(patient);
    dictionary.forEach(
        (tag, vr) -> {
          if (isStructure(tag, vr) || data.has(tag)) {
            return;
          }
          if (describing.test(tag)) {
            describe(data, tag, vr, description);
          } else {
            plant(data, tag, vr);
          }
        });
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

  /** Whether it has a part in what the picture is or shows. */
  private static boolean isStructure(int tag, String vr) {
    int group = tag >>> Short.SIZE;
    boolean structural = (tag & 0xFFFF) == 0 || group < FIRST_GROUP || group == PIXELS;
    return structural || group >= 0x7F00 || UNPLANTED.contains(vr);
  }

  private void plant(DicomWriter data, int tag, String vr) {
    String place = "DICOM (%04X,%04X)".formatted(tag >>> Short.SIZE, tag & 0xFFFF);
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

  private static void describe(
      DicomWriter data, int tag, String vr, PlantedDescription description) {
    if (vr.equals("SQ")) {
      data.put(tag, new DicomWriter().put(CODE_MEANING, "LO", description.text("LO")));
    } else {
      data.put(tag, vr, description.text(vr));
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
