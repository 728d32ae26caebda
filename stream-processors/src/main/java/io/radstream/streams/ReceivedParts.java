package io.radstream.streams;

import io.radstream.schemas.RecordDigest;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has come of a study.
 *
 * @param offsets of the records that it is put together from, in order of arrival; a part that
 *     waited arrives when it is taken
 * @param retractions those of the offsets whose records take something back
 * @param seen digests of the newest records that were dealt with: what is published twice counts
 *     once
 * @param view whether there is a view
 * @param report whether there is a final report
 * @param takenBack whether something was taken back since the study was decided
 */
record ReceivedParts(
    List<Long> offsets,
    List<Long> retractions,
    List<RecordDigest> seen,
    boolean view,
    boolean report,
    boolean takenBack) {

  static final ReceivedParts NONE =
      new ReceivedParts(List.of(), List.of(), List.of(), false, false, false);

  /** Most parts of a study; a source that sends more is going round in circles. */
  static final int MOST = 256;

  /** Most digests that are remembered; the oldest leave. */
  private static final int MOST_SEEN = 1024;

  ReceivedParts {
    offsets = List.copyOf(offsets);
    retractions = List.copyOf(retractions);
    seen = List.copyOf(seen);
  }

  ReceivedParts withSeen(RecordDigest digest) {
    List<RecordDigest> newest = seen.subList(Math.max(0, seen.size() + 1 - MOST_SEEN), seen.size());
    return new ReceivedParts(offsets, retractions, append(newest, digest), view, report, takenBack);
  }

  ReceivedParts withPart(long offset, boolean hasView, boolean hasReport) {
    return new ReceivedParts(
        append(offsets, offset),
        retractions,
        seen,
        view || hasView,
        report || hasReport,
        takenBack);
  }

  /**
   * What was seen before is forgotten: the very record of something that was taken back may come
   * again, when it moves back to this study.
   *
   * @param viewLeft whether any view is there still, or has come along
   * @param reportLeft whether a final report is
   */
  ReceivedParts withRetraction(long offset, boolean viewLeft, boolean reportLeft) {
    return new ReceivedParts(
        append(offsets, offset),
        append(retractions, offset),
        List.of(),
        viewLeft,
        reportLeft,
        true);
  }

  ReceivedParts decided() {
    return new ReceivedParts(offsets, retractions, seen, view, report, false);
  }

  private static <T> List<T> append(List<T> list, T last) {
    return Stream.concat(list.stream(), Stream.of(last)).toList();
  }
}
