package io.radstream.producers.dicom.deidentify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.deidentification.dicom.Action;
import io.radstream.deidentification.dicom.Attribute;
import io.radstream.deidentification.dicom.ConfidentialityProfile;
import io.radstream.deidentification.dicom.Dictionary;
import io.radstream.deidentification.dicom.ProfileOption;
import io.radstream.deidentification.keys.DateShift;
import io.radstream.deidentification.pixels.PictureGuard.Treatment;
import io.radstream.producers.dicom.DicomWriter;
import io.radstream.producers.dicom.PictureRule;
import io.radstream.producers.dicom.RadiographReader;
import io.radstream.producers.dicom.dataset.Dataset;
import io.radstream.producers.dicom.dataset.DicomFile;
import io.radstream.producers.dicom.dataset.Tag;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyPart;
import io.radstream.schemas.RejectionReason;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileDeidentifierTest {

  private static final String CANARY = "BUKOLIMINA";
  private static final String CANARY_UID = "1.2.826.0.1.77350917";
  private static final int IMAGE_TYPE = 0x0008_0008;
  private static final int REFERENCED_SEQUENCE = 0x0008_1140;
  private static final int REFERENCED_UID = 0x0008_1155;
  private static final int OTHER_PATIENT_ID_ITEMS = 0x0010_1002;

  private final FileDeidentifier deidentifier =
      new FileDeidentifier(Site.rules(Treatment.REFUSE, Optional.of(BodyParts.CHEST)));

  @AfterEach
  void close() {
    deidentifier.close();
  }

  @Test
  void shouldLeaveNoCanaryOfAnAttributeThatIdentifies() throws Exception {
    // Given
    ConfidentialityProfile profile =
        ConfidentialityProfile.basic()
            .with(
                ProfileOption.SAFE_PRIVATE,
                ProfileOption.DESCRIPTORS,
                ProfileOption.MODIFIED_DATES);
    DicomWriter file = chest(DicomWriter.EXPLICIT);
    long planted = 0;
    for (Map.Entry<Integer, String> entry : Dictionary.attributes().entrySet()) {
      Action action = profile.action(Attribute.of(entry.getKey(), entry.getValue()));
      boolean stays = action == Action.KEEP || action == Action.CLEAN;
      if (!stays && !isStructure(entry.getKey()) && plant(file, entry.getKey(), entry.getValue())) {
        planted++;
      }
    }
    file.text(0x0009_0010, "LO", CANARY).text(0x0009_1001, "LO", CANARY);
    file.text(0x6000_0022, "LO", CANARY).bytes(0x6000_3000, "OW", ascii(CANARY));
    file.text(0x5000_0022, "LO", CANARY);

    // When
    byte[] written = Site.bytes(deidentifier.deidentify(file.file()));

    // Then
    assertThat(planted).isGreaterThan(300);
    assertThat(places(DicomFile.read(written).dataset())).isEmpty();
    assertThat(new String(written, StandardCharsets.ISO_8859_1))
        .doesNotContain(CANARY)
        .doesNotContain(CANARY_UID)
        .doesNotContain("Beispiel")
        .doesNotContain("ACC1")
        .doesNotContain("P-17");
  }

  @Test
  void shouldTakeOwnNameAndNumberOutOfEveryAttributeThatStays() throws Exception {
    // Given
    DicomWriter file = chest(DicomWriter.EXPLICIT);
    long planted = 0;
    for (Map.Entry<Integer, String> entry : Dictionary.attributes().entrySet()) {
      int tag = entry.getKey();
      boolean text = List.of("LO", "SH", "LT", "ST", "UC", "UT").contains(entry.getValue());
      if (text && tag >>> 16 >= 8 && tag >>> 16 != 0x0010 && tag != Tag.ACCESSION_NUMBER) {
        file.text(tag, entry.getValue(), "beispiel p-17");
        planted++;
      }
    }
    file.text(IMAGE_TYPE, "CS", "ORIGINAL\\PRIMARY\\BEISPIEL");

    // When
    byte[] written = Site.bytes(deidentifier.deidentify(file.file()));

    // Then
    assertThat(planted).isGreaterThan(300);
    assertThat(new String(written, StandardCharsets.ISO_8859_1))
        .doesNotContainIgnoringCase("beispiel")
        .doesNotContainIgnoringCase("p-17");
    assertThat(DicomFile.read(written).dataset().texts(IMAGE_TYPE))
        .containsExactly("ORIGINAL", "PRIMARY", "XXXX");
  }

  /** Where the canary is. */
  private static List<String> places(Dataset data) {
    return data.everywhere()
        .flatMap(
            set ->
                set
                    .tags(tag -> set.whole(tag).filter(text -> text.contains(CANARY)).isPresent())
                    .stream())
        .map(Tag::text)
        .toList();
  }

  private static boolean isStructure(int tag) {
    return tag >>> 16 < 8 || tag == Tag.SOP_CLASS_UID || tag == Tag.PIXEL_DATA;
  }

  private static boolean plant(DicomWriter file, int tag, String vr) {
    switch (vr) {
      case "AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UT", "UR" -> file.text(tag, vr, CANARY);
      case "OB", "OW", "UN" -> file.bytes(tag, vr, ascii(CANARY));
      case "UI" -> file.text(tag, vr, CANARY_UID);
      case "SQ" ->
          file.sequence(
              tag,
              false,
              new DicomWriter(DicomWriter.EXPLICIT).text(Tag.PATIENT_NAME, "PN", CANARY));
      default -> {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACC1", ""})
  void shouldNameStudyAndPatientAsPublishingDoes(String accession) throws Exception {
    // Given
    byte[] file = chest(DicomWriter.EXPLICIT).text(Tag.ACCESSION_NUMBER, "SH", accession).file();
    StudyPart published = published(file);

    // When
    Deidentified instance = deidentifier.deidentify(file);

    // Then
    Dataset header = Site.header(instance);
    String study = Site.PSEUDONYMIZER.study(published.study());
    assertThat(instance.study()).isEqualTo(study);
    assertThat(header.text(Stamp.CREATOR_TAG)).contains(Stamp.CREATOR);
    assertThat(header.text(Stamp.STUDY_TAG)).contains(study);
    assertThat(header.text(Tag.PATIENT_ID))
        .contains(Site.PSEUDONYMIZER.patient(published.patient()));
    assertThat(study)
        .isEqualTo(
            Site.PSEUDONYMIZER.study(
                Site.NAMES.study(accession, accession.isEmpty() ? "1.2.3.4.5" : "")));
  }

  @Test
  void shouldMoveDatesByTheOffsetOfThePatient() throws Exception {
    // Given
    byte[] file =
        chest(DicomWriter.EXPLICIT)
            .text(Tag.STUDY_DATE, "DA", "20240229")
            .text(Tag.STUDY_TIME, "TM", "101112")
            .text(0x0010_0030, "DA", "19500102")
            .file();
    DateShift shift = DateShift.of(Site.PSEUDONYMIZER.key(), published(file).patient());

    // When
    byte[] written = Site.bytes(deidentifier.deidentify(file));

    // Then
    assertThat(published(written).views().get(0).facts().acquired())
        .contains(shift.shift(LocalDateTime.of(2024, 2, 29, 10, 11, 12)));
    assertThat(DicomFile.read(written).dataset().text(0x0010_0030)).isEmpty();
  }

  @Test
  void shouldKeepReferencesBetweenFilesWhole() throws Exception {
    // Given
    byte[] one = chest(DicomWriter.EXPLICIT).file();
    byte[] other =
        chest(DicomWriter.IMPLICIT)
            .text(Tag.SOP_INSTANCE_UID, "UI", "1.2.3.4.5.2")
            .sequence(
                REFERENCED_SEQUENCE,
                false,
                new DicomWriter(DicomWriter.IMPLICIT).text(REFERENCED_UID, "UI", "1.2.3.4.5.1"))
            .file();

    // When
    Deidentified first = deidentifier.deidentify(one);
    Dataset second = Site.header(deidentifier.deidentify(other));

    // Then
    assertThat(second.items(REFERENCED_SEQUENCE).get(0).text(REFERENCED_UID))
        .contains(first.instanceUid());
    assertThat(second.text(Tag.STUDY_INSTANCE_UID))
        .isEqualTo(Site.header(first).text(Tag.STUDY_INSTANCE_UID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DicomWriter.EXPLICIT,
        DicomWriter.IMPLICIT,
        DicomWriter.DEFLATED,
        DicomWriter.BIG_ENDIAN
      })
  void shouldKeepWhatIsSeenHoweverTheFileIsWritten(String syntax) throws Exception {
    // Given
    byte[] file = chest(syntax).file();

    // When
    byte[] written = Site.bytes(deidentifier.deidentify(file));

    // Then
    assertThat(pixels(written)).isEqualTo(pixels(file));
    assertThat(DicomFile.read(written).syntax().uid()).isEqualTo(DicomWriter.EXPLICIT);
  }

  @Test
  void shouldSayWhatWasDone() throws Exception {
    // When
    Dataset header = Site.header(deidentifier.deidentify(chest(DicomWriter.EXPLICIT).file()));

    // Then
    assertThat(header.text(0x0012_0062)).contains("YES");
    assertThat(header.text(0x0012_0063)).isPresent();
    assertThat(header.items(Tag.DEIDENTIFICATION_CODES))
        .extracting(item -> item.text(Tag.CODE_VALUE).orElseThrow())
        .containsExactly("113100", "113101", "113105", "113107", "113111");
    assertThat(header.text(Tag.BURNED_IN_ANNOTATION)).contains("NO");
  }

  @Test
  void shouldWriteLettersInUtf8AndScrubOwnNamesOutOfDescriptors() throws Exception {
    // Given
    byte[] file =
        chest(DicomWriter.EXPLICIT)
            .text(Tag.SPECIFIC_CHARACTER_SET, "CS", "ISO_IR 144")
            .text(Tag.PATIENT_NAME, "PN", "Люксембург^Роза", Charset.forName("ISO-8859-5"))
            .text(
                Tag.STUDY_DESCRIPTION,
                "LO",
                "Грудная клетка, Люксембург",
                Charset.forName("ISO-8859-5"))
            .file();

    // When
    Dataset header = Site.header(deidentifier.deidentify(file));

    // Then
    assertThat(header.text(Tag.SPECIFIC_CHARACTER_SET)).contains("ISO_IR 192");
    assertThat(header.text(Tag.STUDY_DESCRIPTION)).contains("Грудная клетка, XXXX");
  }

  @ParameterizedTest
  @ValueSource(strings = {DicomWriter.EXPLICIT, DicomWriter.IMPLICIT})
  void shouldKeepNoPrivateAttributeButThoseOfTheList(String syntax) throws Exception {
    // Given
    byte[] file =
        chest(syntax)
            .text(0x0043_0010, "LO", "GEMS_PARM_01")
            .text(0x0043_106F, "DS", "1\\2")
            .text(0x0043_1001, "LO", CANARY)
            .text(0x0045_0010, "LO", CANARY)
            .text(0x0045_1001, "LO", CANARY)
            .file();

    // When
    Dataset header = Site.header(deidentifier.deidentify(file));

    // Then
    assertThat(header.texts(0x0043_106F)).containsExactly("1", "2");
    assertThat(header.tags(tag -> tag >>> 16 == 0x0043 || tag >>> 16 == 0x0045))
        .containsExactly(0x0043_0010, 0x0043_106F);
  }

  @Test
  void shouldLookIntoASequenceThatSomebodyDidNotKnow() throws Exception {
    // Given: as an archive writes it that has an old dictionary
    DicomWriter inside =
        new DicomWriter(DicomWriter.IMPLICIT)
            .text(Tag.PATIENT_ID, "LO", CANARY)
            .text(REFERENCED_UID, "UI", CANARY_UID);
    byte[] item = new DicomWriter(DicomWriter.IMPLICIT).sequence(0, false, inside).dataset();
    byte[] value = Arrays.copyOfRange(item, 8, item.length);
    byte[] file =
        chest(DicomWriter.EXPLICIT)
            .bytes(REFERENCED_SEQUENCE, "UN", value)
            .bytes(OTHER_PATIENT_ID_ITEMS, "UN", value)
            .file();

    // When
    Deidentified instance = deidentifier.deidentify(file);

    // Then
    assertThat(new String(Site.bytes(instance), StandardCharsets.ISO_8859_1))
        .doesNotContain(CANARY)
        .doesNotContain(CANARY_UID);
    assertThat(Site.header(instance).items(REFERENCED_SEQUENCE)).hasSize(1);
  }

  @Test
  void shouldTakeOutWhatLiesBesideThePixels() throws Exception {
    // Given: an overlay in the upper bits, and text behind the picture
    short[] cells = new short[64 * 64 + 8];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) (i % 3000 | (i % 7 == 0 ? 0x8000 : 0));
    }
    byte[] file = DicomWriter.chest(DicomWriter.EXPLICIT).gray16(64, 64, 12, cells).file();

    // When
    byte[] written = Site.bytes(deidentifier.deidentify(file));

    // Then
    int[] stored = DicomFile.read(written).dataset().unsignedShorts(Tag.PIXEL_DATA);
    assertThat(stored).hasSize(64 * 64);
    assertThat(stored[7]).isEqualTo(7);
    assertThat(pixels(written)).isEqualTo(pixels(file));
  }

  @Test
  void shouldRefuseWhatMayNotGoOut() {
    // Given
    byte[] told = chest(DicomWriter.EXPLICIT).text(Tag.BURNED_IN_ANNOTATION, "CS", "YES").file();
    byte[] document =
        chest(DicomWriter.EXPLICIT)
            .without(Tag.PIXEL_DATA)
            .bytes(Tag.ENCAPSULATED_DOCUMENT, "OB", ascii("%PDF"))
            .file();
    byte[] nameless = chest(DicomWriter.EXPLICIT).text(Tag.SOP_INSTANCE_UID, "UI", "../x").file();

    // When / Then
    assertRefused(told, RejectionReason.BURNED_IN_TEXT);
    assertRefused(document, RejectionReason.UNDECODABLE_IMAGE);
    assertRefused(nameless, RejectionReason.INVALID_RECORD);
  }

  private void assertRefused(byte[] file, RejectionReason reason) {
    assertThatThrownBy(() -> deidentifier.deidentify(file))
        .isInstanceOfSatisfying(
            RefusedStudyException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static DicomWriter chest(String syntax) {
    short[] cells = new short[64 * 48];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (short) (i % 4096);
    }
    return DicomWriter.chest(syntax).gray16(64, 48, 12, cells);
  }

  private static StudyPart published(byte[] file) throws Exception {
    try (RadiographReader reader =
        new RadiographReader(Site.NAMES, BodyParts.ANY, PictureRule.NONE)) {
      return reader.read(file).part();
    }
  }

  private static byte[] pixels(byte[] file) throws Exception {
    StudyPart.Image image = published(file).views().get(0).image();
    return ((StudyPart.Image.Deferred) image).reader().read().pixels();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
