package io.radstream.serving.worklist;

import io.radstream.schemas.FindingMark;
import io.radstream.schemas.LabelledStudy;
import io.radstream.schemas.ReaderVerdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a reader says of a study.
 *
 * @param reader who
 * @param checkpoint whose score the reader looked at
 * @param present finding to whether it is there
 * @param takenBack findings of which the reader says nothing any more
 * @param marks where findings are seen
 */
public record Verdict(
    String reader,
    String checkpoint,
    Map<String, Boolean> present,
    Set<String> takenBack,
    List<Mark> marks) {

  /** Of the records on {@code labels} that are verdicts. */
  public static final String SOURCE = "reader";

  /** In place of a probability: this reader says nothing of the finding any more. */
  private static final double TAKEN_BACK = Double.NaN;

  /**
   * A box in a view.
   *
   * @param view its place among those that were scored, from 0
   * @param x left edge, as a part of the view's width
   * @param y upper edge, as a part of the view's height
   * @param width as a part of the view's
   * @param height as a part of the view's
   */
  public record Mark(int view, String finding, double x, double y, double width, double height) {}

  public Verdict {
    present = Map.copyOf(present);
    takenBack = Set.copyOf(takenBack);
    marks = List.copyOf(marks);
  }

  /** Whether the reader says what the checkpoint did. */
  public boolean agrees(ListedStudy study, String finding) {
    double probability = study.probabilitiesBy(checkpoint).getOrDefault(finding, 0.0);
    return present.get(finding) == probability >= FindingVerdict.HALF;
  }

  LabelledStudy record(ListedStudy study, Instant now) {
    Map<String, Double> labels = new HashMap<>();
    present.forEach((finding, there) -> labels.put(finding, there ? 1.0 : 0.0));
    takenBack.forEach(finding -> labels.put(finding, TAKEN_BACK));
    return LabelledStudy.newBuilder()
        .setId(study.studyId())
        .setSource(SOURCE)
        .setLabels(labels)
        .setBoxes(List.of())
        .setVerdict(
            ReaderVerdict.newBuilder()
                .setReader(reader)
                .setTime(now)
                .setCheckpointId(checkpoint)
                .setRevision(study.revision())
                .setMarks(marks.stream().map(Verdict::mark).toList())
                .build())
        .build();
  }

  private static FindingMark mark(Mark mark) {
    return new FindingMark(mark.view, mark.finding, mark.x, mark.y, mark.width, mark.height);
  }
}
