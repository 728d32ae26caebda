package io.radstream.producers.dicom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.radstream.deidentification.pixels.Origin;
import io.radstream.producers.dicom.examination.BodyParts;
import io.radstream.producers.publish.Identifying;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.producers.publish.StudyNames;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.radiology.Sha256;
import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.Laterality;
import io.radstream.schemas.Projection;
import io.radstream.schemas.RejectionReason;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RadiographReaderTest {

  private static final int MODALITY = 0x0008_0060;
  private static final int STUDY_DESCRIPTION = 0x0008_1030;
  private static final int SERIES_DESCRIPTION = 0x0008_103E;
  private static final int BODY_PART = 0x0018_0015;
  private static final int VIEW_POSITION = 0x0018_5101;
  private static final int ORIENTATION = 0x0020_0020;
  private static final int VIEW_CODES = 0x0054_0220;
  private static final StudyNames NAMES = new StudyNames("");

  @Test
  void shouldNameStudyAndPatientAsOtherSourcesDo() throws Exception {
    // Given
    byte[] file = chest().file();

    // When
    Instance instance = read(file, BodyParts.CHEST);

    // Then
    assertThat(instance.sopInstanceUid()).isEqualTo("1.2.3.4.5.1");
    assertThat(instance.digest()).isEqualTo(Sha256.of(file));
    assertThat(instance.part().study()).isEqualTo(NAMES.study("ACC1", ""));
    assertThat(instance.part().patient()).isEqualTo(NAMES.patient("P-17"));
    assertThat(instance.part().views()).extracting(RawView::key).containsExactly("1.2.3.4.5.1");
  }

  @Test
  void shouldNameAStudyByItsUidWhereThereIsNoAccessionNumber() throws Exception {
    // Given
    DicomWriter image = chest().text(0x0008_0050, "SH", " ");

    // When
    Instance instance = read(image.file(), BodyParts.CHEST);

    // Then
    assertThat(instance.part().study()).isEqualTo(NAMES.study("", "1.2.3.4.5"));
  }

  @Test
  void shouldNotTakePatientsWithoutANumberForOne() throws Exception {
    // Given
    byte[] one = chest().without(0x0010_0020).file();
    byte[] other = chest().without(0x0010_0020).text(0x0008_0050, "SH", "ACC2").file();

    // When
    Instance first = read(one, BodyParts.CHEST);

    // Then
    assertThat(read(other, BodyParts.CHEST).part().patient()).isNotEqualTo(first.part().patient());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CT", "MR", "MG", "US", "SR", "KO", "PR", "XA", "RF", "IO"})
  void shouldRefuseOtherModalities(String modality) {
    // Given
    DicomWriter image = chest().text(MODALITY, "CS", modality);

    // When
    RefusedStudyException refusal = refusal(image, BodyParts.ANY);

    // Then
    assertThat(refusal.reason()).isEqualTo(RejectionReason.OTHER_EXAMINATION);
  }

  @Test
  void shouldRefuseADetectorsRawImage() {
    // Given
    DicomWriter image = chest().text(0x0008_0068, "CS", "FOR PROCESSING");

    // When
    RefusedStudyException refusal = refusal(image, BodyParts.ANY);

    // Then
    assertThat(refusal.reason()).isEqualTo(RejectionReason.OTHER_EXAMINATION);
  }

  @ParameterizedTest
  @CsvSource({
    // body part, series, study; taken as CHEST, as UNSTATED
    "CHEST,,, true, true",
    "Thorax,,, true, true",
    "CHEST_PA,,, true, true",
    "HAND,,, false, false",
    "TSPINE,,, false, false",
    "THORACIC SPINE,,, false, false",
    "HAND, Chest PA, Chest, false, false",
    ", XR CHEST PA,, true, true",
    ", THÓRAX AP,, true, true",
    ", , Tórax dos proyecciones, true, true",
    ", Knee left, Chest, false, false",
    ", Abdomen and chest, XR chest, true, true",
    ",,, false, true",
    "UNKNOWN, PA,, false, true",
    ", W033 a.p., No finding, false, true"
  })
  void shouldTakeChestsByTheFirstThatSaysAnything(
      String bodyPart, String series, String study, boolean asChest, boolean asUnstated) {
    // Given
    DicomWriter image = chest().without(BODY_PART);
    set(image, BODY_PART, "CS", bodyPart);
    set(image, SERIES_DESCRIPTION, "LO", series);
    set(image, STUDY_DESCRIPTION, "LO", study);

    // When
    RefusedStudyException refusal = refusal(image, BodyParts.CHEST);

    // Then
    assertThat(refusal == null).isEqualTo(asChest);
    assertThat(refusal(image, BodyParts.UNSTATED) == null).isEqualTo(asUnstated);
    assertThat(refusal(image, BodyParts.ANY)).isNull();
  }

  @Test
  void shouldTakeASecondaryCaptureOnlyWhereItCallsItselfAChest() {
    // Given
    DicomWriter unstated = chest().text(MODALITY, "CS", "OT").without(BODY_PART);

    // When
    RefusedStudyException refusal = refusal(unstated, BodyParts.UNSTATED);

    // Then
    assertThat(refusal.reason()).isEqualTo(RejectionReason.OTHER_EXAMINATION);
    assertThat(refusal(chest().text(MODALITY, "CS", "OT"), BodyParts.CHEST)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    // view position, orientation, code, meaning, series description
    "PA,,,,, PA",
    "AP,,,, Lateral, AP",
    "LL,,,, Chest PA, LATERAL",
    "LATERAL,,,,, LATERAL",
    "RLD,,,,, OTHER",
    ", A\\F,,, Chest PA, LATERAL",
    ", P\\FL,,,, LATERAL",
    ", L\\F,,, Chest PA, PA",
    ", L\\F,,,, UNKNOWN",
    ",, R-10214,, Lateral, PA",
    ",, 399348003,,, AP",
    ",, R-10236,, PA, LATERAL",
    ",, XYZ, postero-anterior,, PA",
    ",,,, Thorax p.a. und seitlich, UNKNOWN",
    ",,,, Thorax p.a., PA",
    ",,,, Thorax A. P. liegend, AP",
    ",,,, Thorax seitlich, LATERAL",
    ",,,, CHEST PA AND LATERAL, UNKNOWN",
    ",,,, Chest LAT, LATERAL",
    ",,,, Chest antero-posterior, AP",
    ",,,, Lordotic, OTHER",
    ",,,,, UNKNOWN"
  })
  void shouldTellTheProjectionByTheFirstThatTellsIt(
      String position,
      String orientation,
      String code,
      String meaning,
      String series,
      Projection projection)
      throws Exception {
    // Given
    DicomWriter image = chest();
    set(image, VIEW_POSITION, "CS", position);
    set(image, ORIENTATION, "CS", orientation);
    set(image, SERIES_DESCRIPTION, "LO", series);
    if (code != null) {
      DicomWriter item = new DicomWriter(DicomWriter.EXPLICIT);
      set(item, 0x0008_0100, "SH", code);
      set(item, 0x0008_0104, "LO", meaning);
      image.sequence(VIEW_CODES, false, item);
    }

    // When
    RawView view = view(image);

    // Then
    assertThat(view.projection()).isEqualTo(projection);
  }

  @Test
  void shouldTellHowARadiographWasTaken() throws Exception {
    // Given: at the detector a pixel is 0.15 mm, in the patient a third less
    DicomWriter image =
        chest()
            .text(0x0008_0020, "DA", "20260102")
            .text(0x0008_0022, "DA", "20260103")
            .text(0x0008_0032, "TM", "141501.123")
            .text(0x0018_1114, "DS", "1.5")
            .text(0x0018_1164, "DS", "0.15\\0.15")
            .text(0x0020_0062, "CS", "U");

    // When
    RawView view = view(image);

    // Then
    assertThat(view.facts().acquired()).contains(LocalDateTime.of(2026, 1, 3, 14, 15, 1));
    assertThat(view.facts().pixelSpacing().orElseThrow()).isBetween(0.0999, 0.1001);
    assertThat(view.facts().laterality()).isEqualTo(Laterality.UNPAIRED);
  }

  @ParameterizedTest
  @CsvSource({
    "20260301101112.5+0530, 20260302, 2026-03-01T10:11:12",
    "2026, 20260302, 2026-03-02T00:00",
    "garbage, 20269999,",
    ", 2026.03.02, 2026-03-02T00:00"
  })
  void shouldTellTheTimeByTheFirstThatIsOne(
      String acquired, String studyDate, LocalDateTime expected) throws Exception {
    // Given
    DicomWriter image = chest();
    set(image, 0x0008_002A, "DT", acquired);
    set(image, 0x0008_0020, "DA", studyDate);

    // When
    RawView view = view(image);

    // Then
    assertThat(view.facts().acquired().orElse(null)).isEqualTo(expected);
  }

  @Test
  void shouldGatherWhomAHeaderNamesWhereverItDoes() throws Exception {
    // Given
    DicomWriter physician =
        new DicomWriter(DicomWriter.EXPLICIT)
            .text(0x0040_1102, "ST", "Lindenweg 3")
            .text(0x0040_1103, "SH", "030 5550");
    DicomWriter other = new DicomWriter(DicomWriter.EXPLICIT).text(0x0010_0020, "LO", "OLD-9");
    DicomWriter image =
        chest()
            .text(0x0008_0005, "CS", "ISO_IR 192")
            .text(0x0010_0010, "PN", "Müller^Jörg=王^小東", StandardCharsets.UTF_8)
            .text(0x0010_0030, "DA", "19500312")
            .text(0x0008_0090, "PN", "Arzt^Ada\\Arzt^Bo")
            .text(0x0099_1010, "PN", "Vendor^Vera")
            .text(0x0008_0080, "LO", "St. Example")
            .sequence(0x0010_1002, true, other)
            .sequence(0x0008_0096, false, physician);

    // When
    Identifying named = read(image.file(), BodyParts.CHEST).part().identifying();

    // Then
    assertThat(named.names())
        .containsExactlyInAnyOrder("Müller Jörg", "王 小東", "Arzt Ada", "Arzt Bo", "Vendor Vera");
    assertThat(named.numbers()).containsExactlyInAnyOrder("ACC1", "P-17", "OLD-9", "030 5550");
    assertThat(named.addresses()).containsExactlyInAnyOrder("St. Example", "Lindenweg 3");
    assertThat(named.birthDates()).containsExactly(LocalDate.of(1950, 3, 12));
  }

  @Test
  void shouldAskTheRuleBeforeAPictureLeaves() throws Exception {
    // Given
    byte[] file =
        chest()
            .text(0x0028_0301, "CS", "YES")
            .text(0x0008_0070, "LO", "Maker")
            .text(0x0008_1090, "LO", "Model 7")
            .file();
    GrayImage other = new GrayImage(1, 1, new byte[] {9});
    PictureRule rule =
        (origin, image) -> {
          assertThat(origin).isEqualTo(new Origin("YES", "", "", "DX", "Maker", "Model 7"));
          assertThat(image.width()).isEqualTo(40);
          return other;
        };

    // When
    GrayImage shown;
    try (RadiographReader reader = new RadiographReader(NAMES, BodyParts.CHEST, rule)) {
      Image image = reader.read(file).part().views().get(0).image();
      shown = ((Image.Deferred) image).reader().read();
    }

    // Then
    assertThat(shown).isSameAs(other);
  }

  @Test
  void shouldNotRefuseAPictureForWantOfMemoryToLookAtIt() throws Exception {
    // Given
    OutOfMemoryError usedUp = new OutOfMemoryError("Java heap space");
    PictureRule rule =
        (origin, image) -> {
          throw usedUp;
        };

    // When
    Throwable thrown;
    try (RadiographReader reader = new RadiographReader(NAMES, BodyParts.CHEST, rule)) {
      Image image = reader.read(chest().file()).part().views().get(0).image();
      thrown = catchThrowable(((Image.Deferred) image).reader()::read);
    }

    // Then
    assertThat(thrown).isSameAs(usedUp);
  }

  private static DicomWriter chest() {
    return DicomWriter.chest(DicomWriter.EXPLICIT).gray8(40, 32, new byte[40 * 32]);
  }

  private static void set(DicomWriter image, int tag, String vr, String text) {
    if (text != null) {
      image.text(tag, vr, text);
    }
  }

  private static RawView view(DicomWriter image) throws Exception {
    return read(image.file(), BodyParts.CHEST).part().views().get(0);
  }

  private static Instance read(byte[] file, BodyParts accepted) throws RefusedStudyException {
    try (RadiographReader reader = new RadiographReader(NAMES, accepted, PictureRule.NONE)) {
      return reader.read(file);
    }
  }

  private static RefusedStudyException refusal(DicomWriter image, BodyParts accepted) {
    return catchThrowableOfType(RefusedStudyException.class, () -> read(image.file(), accepted));
  }
}
