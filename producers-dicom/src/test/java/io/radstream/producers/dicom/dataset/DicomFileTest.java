package io.radstream.producers.dicom.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.radstream.producers.dicom.DicomWriter;
import io.radstream.producers.publish.RefusedStudyException;
import io.radstream.schemas.RejectionReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DicomFileTest {

  private static final int VIEW_CODES = 0x0054_0220;
  private static final int PRIVATE_SEQUENCE = 0x0099_1001;

  @ParameterizedTest
  @ValueSource(
      strings = {
        DicomWriter.IMPLICIT,
        DicomWriter.EXPLICIT,
        DicomWriter.DEFLATED,
        DicomWriter.BIG_ENDIAN
      })
  void shouldReadTheSameFromEveryWayOfWriting(String syntax) throws Exception {
    // Given
    String inside = syntax.equals(DicomWriter.DEFLATED) ? DicomWriter.EXPLICIT : syntax;
    DicomWriter code = new DicomWriter(inside).text(Tag.CODE_VALUE, "SH", "R-10214");
    byte[] file =
        DicomWriter.chest(syntax)
            .sequence(VIEW_CODES, true, code, code)
            .sequence(Tag.ANATOMIC_REGION_SEQUENCE, false, code)
            .gray16(2, 1, 12, new short[] {1, 0x0FFF})
            .file();

    // When
    Dataset dataset = DicomFile.read(file).dataset();

    // Then
    assertThat(dataset.text(Tag.PATIENT_NAME)).contains("Beispiel^Anna");
    assertThat(dataset.unsigned(Tag.COLUMNS)).hasValue(2);
    assertThat(dataset.items(VIEW_CODES))
        .hasSize(2)
        .allMatch(item -> item.text(Tag.CODE_VALUE).orElseThrow().equals("R-10214"));
    assertThat(dataset.items(Tag.ANATOMIC_REGION_SEQUENCE)).hasSize(1);
    assertThat(dataset.unsignedShorts(Tag.PIXEL_DATA)).containsExactly(1, 0x0FFF);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldRefuseSequencesThatAreNestedVeryDeep(boolean delimited) {
    // Given
    DicomWriter inner = new DicomWriter(DicomWriter.EXPLICIT).text(Tag.CODE_VALUE, "SH", "X");
    for (int i = 0; i < 1100; i++) {
      inner = new DicomWriter(DicomWriter.EXPLICIT).sequence(PRIVATE_SEQUENCE, delimited, inner);
    }
    byte[] file =
        DicomWriter.chest(DicomWriter.EXPLICIT).sequence(VIEW_CODES, delimited, inner).file();

    // When
    RefusedStudyException refusal = refusal(file);

    // Then
    assertThat(refusal).hasMessageContaining("nested more than 32 deep");
    assertThat(refusal.reason()).isEqualTo(RejectionReason.INVALID_RECORD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SQ", "UN"})
  void shouldRefuseSequencesWithoutEndThatAreNestedVeryDeep(String representation) {
    // Given: a file of nothing but beginnings
    ByteArrayOutputStream beginnings = new ByteArrayOutputStream();
    byte[] one = HexFormat.of().parseHex("FEFF00E0FFFFFFFF" + "99000110FFFFFFFF");
    for (int i = 0; i < 1100; i++) {
      beginnings.writeBytes(one);
    }
    byte[] file =
        new DicomWriter(DicomWriter.EXPLICIT)
            .lying(PRIVATE_SEQUENCE, representation, beginnings.toByteArray(), -1)
            .file();

    // When
    RefusedStudyException refusal = refusal(file);

    // Then
    assertThat(refusal.reason()).isEqualTo(RejectionReason.INVALID_RECORD);
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, Integer.MAX_VALUE, Integer.MIN_VALUE, 5})
  void shouldRefuseALengthBeyondTheFile(int length) {
    // Given
    byte[] file =
        DicomWriter.chest(DicomWriter.EXPLICIT)
            .lying(Tag.PIXEL_DATA, "OW", new byte[4], length)
            .file();

    // When
    RefusedStudyException refusal = refusal(file);

    // Then
    assertThat(refusal)
        .hasMessageContaining("claims " + Integer.toUnsignedString(length) + " bytes where 4");
  }

  @Test
  void shouldRefuseFilesOfVeryManyElements() {
    // Given: items of 8 bytes each
    byte[] items = new byte[8 * 300_000];
    byte[] item = HexFormat.of().parseHex("FEFF00E000000000");
    for (int i = 0; i < items.length; i += item.length) {
      System.arraycopy(item, 0, items, i, item.length);
    }
    byte[] file =
        DicomWriter.chest(DicomWriter.EXPLICIT).lying(VIEW_CODES, "SQ", items, items.length).file();

    // When
    RefusedStudyException refusal = refusal(file);

    // Then
    assertThat(refusal).hasMessageContaining("more than 200000 elements");
  }

  @Test
  void shouldRefuseWhatInflatesBeyondMeasure() {
    // Given: 300 MB of zeros in 300 kB
    byte[] head =
        Arrays.copyOf(
            new DicomWriter(DicomWriter.DEFLATED).file(),
            new DicomWriter(DicomWriter.EXPLICIT).file().length + 2);
    byte[] bomb = DicomWriter.deflatedZeros(300);
    byte[] file = Arrays.copyOf(head, head.length + bomb.length);
    System.arraycopy(bomb, 0, file, head.length, bomb.length);

    // When
    RefusedStudyException refusal = refusal(file);

    // Then
    assertThat(refusal.reason()).isEqualTo(RejectionReason.IMAGE_TOO_LARGE);
    assertThat(refusal).hasMessageContaining("inflates to more than");
  }

  @Test
  void shouldRefuseWhatIsNoDicomFile() {
    // Given
    byte[] text = "not DICOM at all".repeat(20).getBytes(StandardCharsets.US_ASCII);

    // When
    RefusedStudyException refusal = refusal(text);

    // Then
    assertThat(refusal).hasMessageContaining("not a DICOM file");
  }

  @Test
  void shouldRefuseATransferSyntaxThatItDoesNotRead() {
    // Given: MPEG-4
    byte[] file = DicomWriter.chest("1.2.840.10008.1.2.4.102").file();

    // When
    RefusedStudyException refusal = refusal(file);

    // Then
    assertThat(refusal.reason()).isEqualTo(RejectionReason.UNDECODABLE_IMAGE);
    assertThat(refusal).hasMessageContaining("1.2.840.10008.1.2.4.102");
  }

  @Test
  void shouldReadASequenceThatSomebodyDidNotKnow() throws Exception {
    // Given: written without representations, under UN
    DicomWriter item =
        new DicomWriter(DicomWriter.IMPLICIT).text(Tag.CODE_MEANING, "LO", "postero-anterior");
    byte[] content = item.dataset();
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.writeBytes(HexFormat.of().parseHex("FEFF00E0FFFFFFFF"));
    value.writeBytes(content);
    value.writeBytes(HexFormat.of().parseHex("FEFF0DE000000000FEFFDDE000000000"));
    byte[] file =
        DicomWriter.chest(DicomWriter.EXPLICIT)
            .lying(VIEW_CODES, "UN", value.toByteArray(), -1)
            .file();

    // When
    Dataset dataset = DicomFile.read(file).dataset();

    // Then
    assertThat(dataset.items(VIEW_CODES).get(0).text(Tag.CODE_MEANING))
        .contains("postero-anterior");
  }

  @ParameterizedTest
  @CsvSource({
    "ISO_IR 100, ISO-8859-1, Müller^Jörg",
    "ISO_IR 101, ISO-8859-2, Wiśniewska^Łucja",
    "ISO_IR 144, ISO-8859-5, Люкceмбypг",
    "ISO_IR 126, ISO-8859-7, Διονυσιος",
    "ISO_IR 148, ISO-8859-9, Çavuşoğlu^İpek",
    "ISO_IR 166, TIS-620, สมชาย",
    "ISO_IR 192, UTF-8, 王^小東",
    "GB18030, GB18030, 王^小东"
  })
  void shouldReadNamesInTheirLetters(String term, String charset, String name) throws Exception {
    // Given
    byte[] file =
        DicomWriter.chest(DicomWriter.EXPLICIT)
            .text(Tag.SPECIFIC_CHARACTER_SET, "CS", term)
            .text(Tag.PATIENT_NAME, "PN", name, Charset.forName(charset))
            .file();

    // When
    Dataset dataset = DicomFile.read(file).dataset();

    // Then
    assertThat(dataset.text(Tag.PATIENT_NAME)).contains(name);
  }

  /** The examples of PS3.5, annexes H and I. */
  @ParameterizedTest
  @CsvSource({
    "\\ISO 2022 IR 87, 59616D6164615E5461726F753D1B2442"
        + "3B3345441B28425E1B244242404F3A1B28423D1B2442246424 5E24401B28425E1B2442243F"
        + "246D24261B2842, Yamada^Tarou=山田^太郎=やまだ^たろう",
    "\\ISO 2022 IR 149, 486F6E675E47696C646F6E673D1B2429 43FBF35E1B242943D1CED4D7"
        + "3D1B242943C8AB5E1B242943B1E6B5BF, Hong^Gildong=洪^吉洞=홍^길동"
  })
  void shouldChangeBetweenCharacterSets(String terms, String bytes, String name) throws Exception {
    // Given
    byte[] value = HexFormat.of().parseHex(bytes.replace(" ", ""));
    byte[] file =
        DicomWriter.chest(DicomWriter.EXPLICIT)
            .text(Tag.SPECIFIC_CHARACTER_SET, "CS", terms)
            .bytes(Tag.PATIENT_NAME, "PN", value)
            .file();

    // When
    Dataset dataset = DicomFile.read(file).dataset();

    // Then
    assertThat(dataset.text(Tag.PATIENT_NAME)).contains(name);
  }

  private static RefusedStudyException refusal(byte[] file) {
    return catchThrowableOfType(RefusedStudyException.class, () -> DicomFile.read(file));
  }
}
