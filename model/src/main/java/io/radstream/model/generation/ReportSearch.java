package io.radstream.model.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Generation;
import io.radstream.model.network.ReportTransformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Searches reports of several studies side by side, each by options of its own. A study joins
 * whenever it comes, and takes part from the next token on; one whose search has ended is computed
 * no more. Not thread-safe.
 */
public final class ReportSearch {

  private final ReportTransformer transformer;
  private final CachedDecoder decoder;

  /** In the order of their rows. */
  private List<ReportInHand> open = new ArrayList<>();

  /**
   * @param manager of what is kept from token to token
   */
  public ReportSearch(NDManager manager, ReportTransformer transformer) {
    this.transformer = transformer;
    this.decoder = new CachedDecoder(transformer, manager);
  }

  /**
   * Begins the report of each study.
   *
   * @param memory (studies × representations) × places × memory width; not needed any more
   *     afterwards
   * @param representations of a study
   * @param sampling how tokens are drawn; empty where the best report is searched for
   * @throws IllegalArgumentException where the options name a token beyond the vocabulary or a
   *     length beyond the network's, or more than one beam where tokens are drawn
   */
  public List<ReportInHand> join(
      NDArray memory, int representations, Generation options, Optional<Sampling> sampling) {
    options.requireFit(transformer.config());
    if (sampling.isPresent() && options.beams() > 1) {
      throw new IllegalArgumentException("there is one beam where tokens are drawn");
    }
    int longest = Math.min(options.maxTokens(), transformer.config().maxTokens());
    NextToken next = new NextToken(options, transformer.config().vocabulary(), representations);
    List<ReportInHand> begun =
        IntStream.range(0, (int) memory.getShape().get(0) / representations)
            .mapToObj(i -> new ReportInHand(course(options, sampling, longest), next))
            .toList();
    decoder.join(memory);
    open.addAll(begun);
    return begun;
  }

  private static Course course(Generation options, Optional<Sampling> sampling, int longest) {
    return sampling.isPresent()
        ? new SampledReport(options, sampling.get(), longest)
        : new StudyBeam(options, longest);
  }

  /** Reports that are not written yet. */
  public int open() {
    return open.size();
  }

  /**
   * One token more for each report that is not written yet; at least one must be there.
   *
   * @throws IllegalStateException where the network gives what is no number
   */
  public void step() {
    float[] logits =
        decoder.next(open.stream().flatMapToInt(in -> IntStream.of(in.lastTokens())).toArray());
    List<Integer> rows = new ArrayList<>();
    int first = 0;
    for (ReportInHand report : open) {
      int own = report.rows();
      rows.addAll(report.advance(logits, first));
      first += own;
    }
    open.removeIf(ReportInHand::isWritten);
    decoder.keep(rows.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Gives up a report, written or not. */
  public void leave(ReportInHand report) {
    List<Integer> rows = new ArrayList<>();
    List<ReportInHand> others = new ArrayList<>();
    int first = 0;
    for (ReportInHand other : open) {
      if (other != report) {
        others.add(other);
        IntStream.range(first, first + other.rows()).forEach(rows::add);
      }
      first += other.rows();
    }
    if (others.size() < open.size()) {
      open = others;
      decoder.keep(rows.stream().mapToInt(Integer::intValue).toArray());
    }
  }
}
