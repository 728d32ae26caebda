package io.radstream.results.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.results.destination.HttpSite;
import io.radstream.results.destination.HttpSite.Request;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import io.radstream.results.destination.Results;
import io.radstream.results.maps.DrawnMaps;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StowDestinationTest {

  private static final Result RESULT = Results.of(Results.STUDY);

  @Test
  void shouldPostTheReportAsOnePart() throws Exception {
    try (HttpSite archive = new HttpSite();
        StowDestination destination = new StowDestination(archive.receiver())) {

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isEqualTo(new Outcome.Delivered());
      Request request = archive.requests().get(0);
      assertThat(request.method() + " " + request.path()).isEqualTo("POST /base/studies");
      assertThat(request.type()).startsWith("multipart/related; type=\"application/dicom\"");
      assertThat(part(request)).isEqualTo(ReportDocument.of(RESULT).orElseThrow().file());
    }
  }

  @Test
  void shouldPostEachPictureByItself() throws Exception {
    try (HttpSite archive = new HttpSite();
        StowDestination destination =
            new StowDestination(archive.receiver(), Optional.of(DrawnMaps.likely()))) {

      Outcome outcome = destination.deliver(RESULT);

      assertThat(outcome).isEqualTo(new Outcome.Delivered());
      List<byte[]> parts = archive.requests().stream().map(StowDestinationTest::part).toList();
      List<StoredObject> sent = new ResultObjects(Optional.of(DrawnMaps.likely())).of(RESULT);
      assertThat(parts).hasSize(3);
      for (int i = 0; i < parts.size(); i++) {
        assertThat(parts.get(i)).isEqualTo(sent.get(i).file());
      }
    }
  }

  @Test
  void shouldSendThePicturesAgainWhereOneWasNotTaken() throws Exception {
    try (HttpSite archive = new HttpSite().answering(200, 503);
        StowDestination destination =
            new StowDestination(archive.receiver(), Optional.of(DrawnMaps.likely()))) {

      Outcome first = destination.deliver(RESULT);
      Outcome second = destination.deliver(RESULT);

      assertThat(first).isInstanceOf(Outcome.Away.class);
      assertThat(second).isEqualTo(new Outcome.Delivered());
      assertThat(archive.requests()).hasSize(5);
    }
  }

  /** Between the blank line behind the part's header and the boundary that ends it. */
  private static byte[] part(Request request) {
    String boundary = request.type().replaceFirst(".*boundary=", "");
    String body = new String(request.body(), StandardCharsets.ISO_8859_1);
    int begin = body.indexOf("\r\n\r\n") + 4;
    int end = body.lastIndexOf("\r\n--" + boundary + "--\r\n");
    return Arrays.copyOfRange(request.body(), begin, end);
  }

  @ParameterizedTest
  @CsvSource({
    "202, Delivered",
    "409, Refused",
    "401, Away",
    "404, Away",
    "503, Away",
    "500, Failed"
  })
  void shouldTellAnswersApart(int status, String outcome) throws Exception {
    try (HttpSite archive = new HttpSite().answering(status);
        StowDestination destination = new StowDestination(archive.receiver())) {

      Outcome told = destination.deliver(RESULT);

      assertThat(told.getClass().getSimpleName()).isEqualTo(outcome);
    }
  }
}
