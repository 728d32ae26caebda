package io.radstream.model.generation;

import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Generation;
import io.radstream.model.network.ReportTransformer;
import io.radstream.model.network.ViewFusion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Searches reports of several studies side by side. A study whose search has ended is computed no
 * more.
 *
 * @param decoder rows: for each study in turn, its representations
 */
public record ReportSearch(CachedDecoder decoder, NextToken nextToken, int longest) {

  /**
   * @param manager of what is kept from token to token
   * @param study whose memory is not needed any more afterwards
   */
  public static ReportSearch of(
      NDManager manager, ReportTransformer decoder, ViewFusion.Study study, Generation options) {
    return new ReportSearch(
        new CachedDecoder(decoder, manager, study.memory()),
        new NextToken(options, decoder.config().vocabulary(), study.representations()),
        Math.min(options.maxTokens(), decoder.config().maxTokens()));
  }

  /** One report for each study. */
  public List<GeneratedReport> run(int studies) {
    List<StudyBeam> beams =
        IntStream.range(0, studies)
            .mapToObj(i -> new StudyBeam(nextToken.options(), longest))
            .toList();
    List<StudyBeam> open = beams;
    while (!open.isEmpty()) {
      float[] logits = decoder.next(lastTokens(open));
      List<Integer> rows = advance(open, logits);
      open = open.stream().filter(beam -> !beam.live().isEmpty()).toList();
      decoder.keep(rows.stream().mapToInt(Integer::intValue).toArray());
    }
    return beams.stream().map(StudyBeam::best).toList();
  }

  private int[] lastTokens(List<StudyBeam> open) {
    return open.stream()
        .flatMap(beam -> beam.live().stream())
        .flatMapToInt(report -> IntStream.generate(report::last).limit(nextToken.representations()))
        .toArray();
  }

  /** Rows to go on with. */
  private List<Integer> advance(List<StudyBeam> open, float[] logits) {
    int representations = nextToken.representations();
    List<Integer> rows = new ArrayList<>();
    int first = 0;
    for (StudyBeam beam : open) {
      List<double[]> next = new ArrayList<>();
      for (Hypothesis report : beam.live()) {
        next.add(nextToken.after(report.tokens(), logits, first + next.size() * representations));
      }
      for (int parent : beam.advance(next)) {
        for (int i = 0; i < representations; i++) {
          rows.add(first + parent * representations + i);
        }
      }
      first += next.size() * representations;
    }
    return rows;
  }
}
