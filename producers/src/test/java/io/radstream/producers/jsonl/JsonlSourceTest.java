package io.radstream.producers.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.publish.SourceItem;
import io.radstream.producers.publish.StudyPart;
import io.radstream.radiology.image.GrayImage;
import io.radstream.radiology.image.ImageEncoder;
import io.radstream.schemas.Projection;
import io.radstream.schemas.RejectionReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonlSourceTest {

  private static final String GOOD = line("1", "0", "Clear lungs.");

  @TempDir private Path root;
  private Path directory;

  @BeforeEach
  void placeAnImage() throws IOException {
    directory = Files.createDirectories(root.resolve("set"));
    byte[] png = ImageEncoder.png(new GrayImage(40, 40, new byte[1600]));
    Files.write(directory.resolve("a.png"), png);
    Files.write(directory.resolve("b.png"), png);
    Files.write(root.resolve("outside.png"), png);
  }

  @Test
  void shouldReadAStudy() throws IOException {
    SourceItem item = read(GOOD).get(0);

    StudyPart study = ((SourceItem.Found) item).part();
    assertThat(study.patient()).isEqualTo("1");
    assertThat(study.report().orElseThrow().getText()).isEqualTo("Clear lungs.");
    assertThat(study.views()).extracting(it -> it.projection()).containsExactly(Projection.PA);
  }

  @Test
  void shouldReadTheLabelsThatAreKnown() throws IOException {
    String labelled =
        GOOD.replace(
            "\"text\"",
            "\"labels\": {\"effusion\": 1, \"nodule\": false, \"opacity\": 0.3, \"mass\": null}, \"text\"");

    List<StudyPart> studies = studies(labelled, GOOD);

    assertThat(studies.get(0).labels())
        .containsExactlyInAnyOrderEntriesOf(Map.of("effusion", 1.0, "nodule", 0.0, "opacity", 0.3));
    assertThat(studies.get(1).labels()).isEmpty();
    assertThat(studies.get(0).study()).isEqualTo(studies.get(1).study());
  }

  @Test
  void shouldTakeTwoDatesOfAPatientAsTwoStudies() throws IOException {
    List<StudyPart> studies = studies(line("1", "0", "Clear."), line("1", "4", "Clear."));

    assertThat(studies).extracting(StudyPart::patient).containsOnly("1");
    assertThat(studies).extracting(StudyPart::study).doesNotHaveDuplicates();
  }

  @Test
  void shouldTellStudiesOfOneDayApartInWhateverOrder() throws IOException {
    String first = line("1", "", "Clear.");
    String second = line("1", "", "Effusion.");

    List<StudyPart> studies = studies(first, second);

    assertThat(studies).extracting(StudyPart::study).doesNotHaveDuplicates();
    assertThat(studies(second, first).get(1).study()).isEqualTo(studies.get(0).study());
  }

  @Test
  void shouldKeepTheStudyWhenItsNamedReportIsAmended() throws IOException {
    String named = GOOD.replace("\"text\"", "\"study\": \"s9\", \"version\": 2, \"text\"");

    List<StudyPart> studies = studies(named, named.replace("Clear", "Not clear"));

    assertThat(studies.get(0).study()).isEqualTo(studies.get(1).study());
    assertThat(studies.get(0).report().orElseThrow().getVersion()).isEqualTo(2);
  }

  @Test
  void shouldReadAStudyInParts() throws IOException {
    List<StudyPart> parts =
        studies(
            "{\"patient\": 1, \"study\": \"s\", \"images\": [{\"file\": \"a.png\"}]}",
            "{\"patient\": 1, \"study\": \"s\", \"images\": [{\"file\": \"b.png\"}, {\"file\": \"a.png\"}]}",
            "{\"patient\": 1, \"study\": \"s\", \"text\": \"Clear.\"}",
            "{\"patient\": 1, \"study\": \"s\", \"labels\": {\"nodule\": 1}}");

    assertThat(parts).extracting(StudyPart::study).containsOnly(parts.get(0).study());
    assertThat(parts.get(0).report()).isEmpty();
    assertThat(parts.get(1).views().get(1).key()).isEqualTo(parts.get(0).views().get(0).key());
    assertThat(parts.get(1).views().get(0).key()).isNotEqualTo(parts.get(1).views().get(1).key());
    assertThat(parts.get(2).views()).isEmpty();
    assertThat(parts.get(3).labels()).containsEntry("nodule", 1.0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "not JSON| INVALID_RECORD| the line is not valid JSON",
        "[1, 2]| INVALID_RECORD| the line is not a JSON object",
        "{} {}| INVALID_RECORD| the line is not valid JSON",
        "{\"text\": \"t\"}| INVALID_RECORD| the field \"patient\" is missing",
        "{\"patient\": {}}| INVALID_RECORD| the field \"patient\" is not text",
        "{\"patient\": 1, \"text\": \" \"}| EMPTY_REPORT| the field \"text\" is missing or empty; only a line with a"
            + " \"study\" may be a part of one",
        "{\"patient\": 1, \"text\": \"t\"}| NO_VIEW| the field \"images\" is missing or empty; only a line with a"
            + " \"study\" may be a part of one",
        "{\"patient\": 1, \"text\": \"t\", \"images\": [{}]}| INVALID_RECORD|"
            + " image 1: the field \"file\" is missing",
        "{\"patient\": 1, \"text\": \"t\", \"images\": [{\"file\": \"none.png\"}]}|"
            + " INVALID_RECORD| image 1: the file does not exist",
        "{\"patient\": 1, \"text\": \"t\", \"images\": [{\"file\": \"../outside.png\"}]}|"
            + " INVALID_RECORD|"
            + " image 1: the file lies outside the directory of the study file",
        "{\"patient\": 1, \"text\": \"t\", \"images\": [{\"file\": \"/etc/hostname\"}]}|"
            + " INVALID_RECORD|"
            + " image 1: the file lies outside the directory of the study file",
        "{\"patient\": 1, \"text\": \"t\", \"images\": [{\"file\": \"a\\u0000b\"}]}|"
            + " INVALID_RECORD| image 1: not a usable file name",
        "{\"patient\": 1, \"text\": \"t\", \"images\": [{\"file\": \"a.png\"}], \"labels\": [1]}|"
            + " INVALID_RECORD| the field \"labels\" is not an object",
        "{\"patient\": 1, \"text\": \"t\", \"images\": [{\"file\": \"a.png\"}], \"labels\": {\"a\": -1}}|"
            + " INVALID_RECORD| a value in \"labels\" is no number from 0 to 1",
        "{\"patient\": 1, \"text\": \"t\", \"images\": [{\"file\": \"a.png\"}], \"labels\": {\"a\": \"1\"}}|"
            + " INVALID_RECORD| a value in \"labels\" is no number from 0 to 1",
        "{\"patient\": 1, \"text\": \"t\", \"images\": [{\"file\": \"a.png\"}], \"labels\": {\"a.b\": 1}}|"
            + " INVALID_RECORD| a name in \"labels\" is not 1 to 64 letters, digits, spaces, '_' or '-'"
      })
  void shouldRefuseABadLineByItsNumberAndGoOn(
      String bad, RejectionReason reason, String explanation) throws IOException {
    List<SourceItem> items = read(GOOD, "", bad, GOOD);

    assertThat(items).hasSize(3);
    assertThat(items.get(1)).isEqualTo(new SourceItem.Refused(3, reason, explanation));
    assertThat(items.get(2)).isInstanceOf(SourceItem.Found.class);
  }

  @Test
  void shouldNotFollowALinkOutOfTheDirectory() throws IOException {
    Files.createSymbolicLink(directory.resolve("link.png"), root.resolve("outside.png"));

    SourceItem item = read(GOOD.replace("a.png", "link.png")).get(0);

    assertThat(item).isInstanceOf(SourceItem.Refused.class);
  }

  @Test
  void shouldRefuseALineThatIsNoText() throws IOException {
    Path file = directory.resolve("studies.jsonl");
    Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, '\n'});
    Files.writeString(file, GOOD, java.nio.file.StandardOpenOption.APPEND);

    List<SourceItem> items = items(file);

    assertThat(items.get(0))
        .isEqualTo(
            new SourceItem.Refused(
                1, RejectionReason.INVALID_RECORD, "the line is not UTF-8 text"));
    assertThat(items.get(1)).isInstanceOf(SourceItem.Found.class);
  }

  @Test
  void shouldRefuseAnEndlessLineAndGoOn() throws IOException {
    List<SourceItem> items = read("x".repeat(5_000_000), GOOD);

    assertThat(items.get(0)).isInstanceOf(SourceItem.Refused.class);
    assertThat(items.get(1)).isInstanceOf(SourceItem.Found.class);
  }

  @Test
  void shouldReadPastAByteOrderMarkAndCountLines() throws IOException {
    Path file = Files.writeString(directory.resolve("b.jsonl"), "\uFEFF" + GOOD + "\r\n\r\n");

    JsonlSource source = new JsonlSource(file);

    assertThat(source.sizeEstimate()).hasValue(1);
    assertThat(items(file)).hasSize(1).first().isInstanceOf(SourceItem.Found.class);
  }

  @Test
  void shouldSayThatThereIsNoFile() {
    assertThatThrownBy(() -> new JsonlSource(root.resolve("missing.jsonl")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private List<StudyPart> studies(String... lines) throws IOException {
    return read(lines).stream().map(item -> ((SourceItem.Found) item).part()).toList();
  }

  private List<SourceItem> read(String... lines) throws IOException {
    Path file = directory.resolve("studies.jsonl");
    Files.write(file, List.of(lines), StandardCharsets.UTF_8);
    return items(file);
  }

  private static List<SourceItem> items(Path file) throws IOException {
    try (Stream<SourceItem> items = new JsonlSource(file).items()) {
      return items.toList();
    }
  }

  private static String line(String patient, String offset, String text) {
    return """
        {"patient": "%s", "offset": "%s", "text": "%s", "images": [{"file": "a.png", "view": "PA"}]}"""
        .formatted(patient, offset, text);
  }
}
