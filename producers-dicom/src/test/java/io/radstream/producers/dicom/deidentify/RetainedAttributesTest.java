package io.radstream.producers.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.deidentification.dicom.ProfileOption;
import io.radstream.deidentification.keys.DateShift;
import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.producers.deidentify.DeidentifyStep.DateOption;
import io.radstream.producers.dicom.DicomWriter;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.dicom.examination.StudyIdentity;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetainedAttributesTest {

  private static final int SEX = 0x0010_0040;
  private static final int AGE = 0x0010_1010;
  private static final int SIZE = 0x0010_1020;
  private static final int WEIGHT = 0x0010_1030;
  private static final int BIRTH_DATE = 0x0010_0030;
  private static final int STATION = 0x0008_1010;
  private static final int STATION_TITLE = 0x0008_0055;
  private static final int SERIAL_NUMBER = 0x0018_1000;
  private static final int DETECTOR = 0x0018_700A;
  private static final int CALIBRATED = 0x0018_1200;
  private static final int INSTITUTION = 0x0008_0080;

  @Test
  void shouldKeepNeitherPatientNorDeviceUnlessAsked() throws Exception {
    // When
    Dataset header = deidentified(file(), DateOption.SHIFT);

    // Then
    assertThat(header.tags(tag -> header.text(tag).filter(it -> !it.isBlank()).isPresent()))
        .doesNotContain(SEX, AGE, SIZE, WEIGHT, STATION_TITLE);
    assertThat(header.text(SERIAL_NUMBER)).contains("XXXX");
    assertThat(codes(header)).doesNotContain("113108", "113109");
  }

  @Test
  void shouldKeepCharacteristicsOfThePatientAlone() throws Exception {
    // When
    Dataset header = deidentified(file(), DateOption.SHIFT, ProfileOption.PATIENT);

    // Then
    assertThat(header.text(SEX)).contains("F");
    assertThat(header.text(AGE)).contains("067Y");
    assertThat(header.text(SIZE)).contains("1.71");
    assertThat(header.text(WEIGHT)).contains("70");
    assertThat(header.text(BIRTH_DATE)).isEmpty();
    assertThat(header.text(SERIAL_NUMBER)).contains("XXXX");
    assertThat(codes(header)).contains("113108").doesNotContain("113109");
  }

  @ParameterizedTest
  @CsvSource({"089Y,089Y", "090Y,090Y", "091Y,090Y", "104Y,090Y", "011M,011M", "999D,999D"})
  void shouldMakeNinetyOfEveryGreaterAge(String age, String kept) throws Exception {
    // Given
    DicomWriter file = file().text(AGE, "AS", age);

    // When
    Dataset header = deidentified(file, DateOption.SHIFT, ProfileOption.PATIENT);

    // Then
    assertThat(header.text(AGE)).contains(kept);
  }

  @Test
  void shouldKeepTheDeviceAndMoveItsDays() throws Exception {
    // When
    Dataset header = deidentified(file(), DateOption.SHIFT, ProfileOption.DEVICE);

    // Then
    assertThat(header.text(SERIAL_NUMBER)).contains("SN4711");
    assertThat(header.text(STATION)).contains("ROOM2");
    assertThat(header.text(STATION_TITLE)).contains("XR_XXXX");
    assertThat(header.text(DETECTOR)).contains("D-1");
    assertThat(header.text(CALIBRATED)).contains(moved(LocalDate.of(2024, 2, 29)));
    assertThat(header.text(INSTITUTION).filter(it -> it.contains("Klinik"))).isEmpty();
    assertThat(header.text(AGE)).isEmpty();
    assertThat(codes(header)).contains("113109").doesNotContain("113108");
  }

  @Test
  void shouldKeepNoDayOfTheDeviceWhereDaysAreTakenOut() throws Exception {
    // When
    Dataset header =
        deidentified(file(), DateOption.REMOVE, ProfileOption.DEVICE, ProfileOption.PATIENT);

    // Then
    assertThat(header.text(CALIBRATED)).isEmpty();
    assertThat(header.text(SERIAL_NUMBER)).contains("SN4711");
    assertThat(codes(header)).contains("113108", "113109").doesNotContain("113107");
  }

  @Test
  void shouldLetNothingElseStayByChoice() {
    assertThatThrownBy(
            () ->
                Site.rules(
                    Treatment.REFUSE, Optional.empty(), DateOption.SHIFT, ProfileOption.UIDS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DicomWriter file() {
    return DicomWriter.chest(DicomWriter.EXPLICIT)
        .text(SEX, "CS", "F")
        .text(AGE, "AS", "067Y")
        .text(SIZE, "DS", "1.71")
        .text(WEIGHT, "DS", "70")
        .text(BIRTH_DATE, "DA", "19570301")
        .text(STATION, "SH", "ROOM2")
        .text(STATION_TITLE, "AE", "XR_BEISPIEL")
        .text(SERIAL_NUMBER, "LO", "SN4711")
        .text(DETECTOR, "SH", "D-1")
        .text(CALIBRATED, "DA", "20240229")
        .text(INSTITUTION, "LO", "Klinik am See")
        .gray8(40, 32, new byte[40 * 32]);
  }

  private static String moved(LocalDate day) throws Exception {
    Dataset header = DicomFile.read(file().file()).dataset();
    String patient = StudyIdentity.of(header, Site.NAMES).patient();
    return DateTimeFormatter.BASIC_ISO_DATE.format(
        DateShift.of(Site.PSEUDONYMIZER.key(), patient).shift(day.atStartOfDay()));
  }

  private static List<String> codes(Dataset header) {
    return header.items(Tag.DEIDENTIFICATION_CODES).stream()
        .map(item -> item.text(Tag.CODE_VALUE).orElseThrow())
        .toList();
  }

  private static Dataset deidentified(DicomWriter file, DateOption dates, ProfileOption... retained)
      throws Exception {
    Rules rules = Site.rules(Treatment.REFUSE, Optional.of(BodyParts.CHEST), dates, retained);
    try (FileDeidentifier deidentifier = new FileDeidentifier(rules)) {
      return Site.header(deidentifier.deidentify(file.file()));
    }
  }
}
