package io.radstream.serving.http;

import static io.radstream.serving.http.RunningApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that lack a part of what was meant, or hold what nobody asked for. */
@Timeout(30)
class TornBodyTest {

  private static final String SCORE = "/v1/score";

  /** Of the head of a second part, to where its picture begins. */
  private static final int SECOND_HEAD = 72;

  @TempDir private Path uploads;
  private RunningApi running;

  @BeforeEach
  void start() {
    running = ApiSetup.in(uploads).start("line-000000007", new FakeNetwork());
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private static byte[] form(byte[]... views) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] view : views) {
      body.writeBytes(
          text("--x\r\nContent-Disposition: form-data; name=\"view\"; filename=\"v\"\r\n\r\n"));
      body.writeBytes(view);
      body.writeBytes(text("\r\n"));
    }
    body.writeBytes(text("--x--\r\n"));
    return body.toByteArray();
  }

  private static byte[] text(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  private HttpResponse<String> send(String boundary, byte[] body) {
    return running.send(
        running
            .request(SCORE)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 7, 9})
  void shouldRefuseAFormThatLacksItsEnd(int cut) {
    byte[] whole = form(TestImages.white(), TestImages.black());

    HttpResponse<String> response = send("x", Arrays.copyOf(whole, whole.length - cut));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).at("/code").asText()).isEqualTo("bad_request");
  }

  @Test
  void shouldNotScoreAStudyWithoutTheViewThatIsCutOff() {
    byte[] whole = form(TestImages.white(), TestImages.black());
    int cut = 9 + TestImages.black().length + SECOND_HEAD / 2;

    HttpResponse<String> response = send("x", Arrays.copyOf(whole, whole.length - cut));

    assertThat(response.statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\"x\"", "x; charset=utf-8"})
  void shouldScoreAFormThatHasIt(String boundary) {
    byte[] whole = form(TestImages.white(), TestImages.black());

    HttpResponse<String> response = send(boundary, whole);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).at("/views/distinct").asInt()).isEqualTo(2);
  }

  @Test
  void shouldNotRepeatANameThatItDoesNotKnow() {
    HttpResponse<String> response = running.postJson(SCORE, "{\"Doe^Jane\":1}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).at("/code").asText()).isEqualTo("bad_json");
    assertThat(response.body()).doesNotContain("Doe^Jane");
  }
}
