package io.radstream.cli.bench;

import io.radstream.radiology.study.StudyPreparation;
import io.radstream.radiology.study.StudyViews;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Studies of pictures that come again, as many different ones as there are pictures.
 *
 * @param pictures encoded
 * @param views of each study
 */
record ServeStudies(List<byte[]> pictures, int views) {

  /** Bytes that no picture holds by chance. */
  private static final String BOUNDARY = "a-boundary-of-radstreams-own-making";

  static final String CONTENT_TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  StudyViews views(int number) {
    return new StudyViews(Optional.empty(), own(number));
  }

  private List<byte[]> own(int number) {
    return IntStream.range(0, views)
        .mapToObj(view -> pictures.get((number + view) % pictures.size()))
        .toList();
  }

  /** What clients send, one body for each study. */
  List<Buffer> bodies() {
    return IntStream.range(0, pictures.size()).mapToObj(number -> body(own(number))).toList();
  }

  private static Buffer body(List<byte[]> views) {
    Buffer body = Buffer.buffer();
    for (byte[] view : views) {
      body.appendString("--" + BOUNDARY + "\r\n")
          .appendString("Content-Disposition: form-data; name=\"view\"; filename=\"view\"\r\n")
          .appendString("Content-Type: application/octet-stream\r\n\r\n")
          .appendBytes(view)
          .appendString("\r\n");
    }
    return body.appendString("--" + BOUNDARY + "--\r\n");
  }

  /** As the network takes them. */
  float[][] inputs(StudyPreparation preparation, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> preparation.prepare(views(number)).images())
        .toArray(float[][]::new);
  }

  double meanBytes() {
    return views * pictures.stream().mapToInt(picture -> picture.length).average().orElseThrow();
  }
}
