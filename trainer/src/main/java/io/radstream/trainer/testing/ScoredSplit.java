package io.radstream.trainer.testing;

import io.radstream.trainer.tuples.SourceRange;
import java.util.List;

/**
 * A split as a checkpoint sees it.
 *
 * @param findings of the checkpoint, in the order of its label head
 * @param studies each once, in the order of the log; only those with a label for any of the
 *     findings
 * @param ranges that were read: of tuples and of labels
 * @param omitted what was there and is not among the studies
 */
public record ScoredSplit(
    List<String> findings,
    List<ScoredStudy> studies,
    List<SourceRange> ranges,
    OmittedStudies omitted) {

  public ScoredSplit {
    findings = List.copyOf(findings);
    studies = List.copyOf(studies);
    ranges = List.copyOf(ranges);
  }
}
