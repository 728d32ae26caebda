package io.radstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishDicomwebCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--once                                          | --url or --orthanc is needed",
        "--url ftp://pacs/dicom-web                      | begins with http:// or https://",
        "--url http://me:secret@pacs/dicom-web           | holds no user and password",
        "--url http://pacs/dicom-web?x=1                 | has no ? and no #",
        "--url http://pacs/dicom-web --user me           | a password is needed",
        "--url http://pacs/dicom-web --password-file f   | --user is needed, too",
        "--url http://pacs/dicom-web --token-file none   | --token-file: no such file",
        "--url http://pacs/dicom-web --tls-trust-store none | none: there is no such file",
        "--url http://pacs/dicom-web --connections 0     | connections are 1 to 64",
        "--url http://pacs/dicom-web --modality cr       | modalities are such as CR",
        "--url http://pacs/dicom-web --poll 0s           | the pause between two rounds",
        "--orthanc pacs                                  | begins with http:// or https://"
      })
  void shouldSayWhatIsWrongBeforeAnythingIsAsked(String options, String message) {
    Invocation invocation = run(options.split(" "));

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains(message).doesNotContain("secret@");
  }

  @Test
  void shouldRefuseAnEmptyPassword(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "\n");

    Invocation invocation =
        run("--url", "http://pacs", "--user", "me", "--password-file", file.toString());

    assertThat(invocation.exitCode()).isEqualTo(Radstream.WRONG_USAGE);
    assertThat(invocation.err()).contains("one line of text, and not empty");
  }

  private static Invocation run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("publish", "dicomweb"));
    arguments.addAll(List.of(options));
    return Invocation.of(arguments.toArray(String[]::new));
  }
}
