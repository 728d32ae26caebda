package io.radstream.results.dicom;

import io.radstream.results.destination.Destination;
import io.radstream.results.destination.HttpReceiver;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** An archive that gets results over HTTP, PS3.18 section 10.5. */
public final class StowDestination implements Destination {

  private static final String DICOM = "application/dicom";

  private final HttpReceiver archive;

  public StowDestination(HttpReceiver archive) {
    this.archive = archive;
  }

  @Override
  public String name() {
    return "stow";
  }

  @Override
  public Outcome deliver(Result result) {
    Optional<ReportDocument> document = ReportDocument.of(result);
    if (document.isEmpty()) {
      return new Outcome.Unaddressed("no study UID is known");
    }
    // 64 digits of a hash: that no document holds.
    String boundary = result.id().hex("boundary", 64);
    return archive.send(
        "POST",
        "studies",
        "multipart/related; type=\"%s\"; boundary=%s".formatted(DICOM, boundary),
        "application/dicom+json",
        body(boundary, document.get().file()));
  }

  private static byte[] body(String boundary, byte[] file) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(ascii("--" + boundary + "\r\nContent-Type: " + DICOM + "\r\n\r\n"));
    body.writeBytes(file);
    body.writeBytes(ascii("\r\n--" + boundary + "--\r\n"));
    return body.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    // Connections end by themselves.
  }
}
