package io.radstream.results.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.results.destination.HttpSite;
import io.radstream.results.destination.HttpSite.Request;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import io.radstream.results.destination.Results;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
