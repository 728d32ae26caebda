package io.radstream.results.destination;

import io.radstream.producers.publish.KnownStudy;
import io.radstream.producers.publish.KnownStudy.KnownImage;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Results for tests. */
public final class Results {

  public static final KnownImage IMAGE =
      new KnownImage("1.2.840.10008.5.1.4.1.1.1.1", "1.2.840.77.1.2", "1.2.840.77.1.3");

  public static final KnownStudy STUDY =
      new KnownStudy("PAT-7", "ACC-1", "1.2.840.77.1", List.of(IMAGE));

  private Results() {}

  public static Result of(KnownStudy study) {
    return of("study-1", study);
  }

  public static Result of(String studyId, KnownStudy study) {
    return new Result(
        new ResultId(studyId, 4, "line-000120"),
        Instant.parse("2026-03-04T05:06:07Z"),
        Map.of("cardiomegaly", 0.8712345678, "pleural effusion, of either side", 0.00012),
        study);
  }
}
