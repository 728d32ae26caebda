package io.radstream.results.dicom;

import io.radstream.results.destination.Destination;
import io.radstream.results.destination.HttpReceiver;
import io.radstream.results.destination.Outcome;
import io.radstream.results.destination.Result;
import io.radstream.results.maps.ResultMaps;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An archive that gets results over HTTP, PS3.18 section 10.5: each object in a request of its own,
 * so that it is told of each whether it was taken.
 */
public final class StowDestination implements Destination {

  private static final String DICOM = "application/dicom";

  private final HttpReceiver archive;
  private final ResultObjects objects;

  public StowDestination(HttpReceiver archive) {
    this(archive, Optional.empty());
  }

  /**
   * @param maps empty where no pictures are wanted
   */
  public StowDestination(HttpReceiver archive, Optional<ResultMaps> maps) {
    this.archive = archive;
    this.objects = new ResultObjects(maps);
  }

  @Override
  public String name() {
    return "stow";
  }

  @Override
  public Outcome deliver(Result result) {
    // 64 digits of a hash: that no object holds.
    String boundary = result.id().hex("boundary", 64);
    Outcome outcome = ResultObjects.UNADDRESSED;
    for (StoredObject object : objects.of(result)) {
      outcome = posted(boundary, object);
      if (!(outcome instanceof Outcome.Delivered)) {
        break;
      }
    }
    return outcome;
  }

  private Outcome posted(String boundary, StoredObject object) {
    return archive.send(
        "POST",
        "studies",
        "multipart/related; type=\"%s\"; boundary=%s".formatted(DICOM, boundary),
        "application/dicom+json",
        body(boundary, object.file()));
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
