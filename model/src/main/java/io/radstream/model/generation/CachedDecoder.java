package io.radstream.model.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.layers.MultiHeadAttention.Memory;
import io.radstream.model.network.ReportBlock;
import io.radstream.model.network.ReportTransformer;
import io.radstream.model.network.TokenBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The report transformer, token by token. Keys and values of the tokens before and of the study are
 * kept, so that a token costs one pass over itself alone. Reports may join at any time: those of
 * fewer tokens have empty places in front, which nothing attends to. Not thread-safe.
 */
final class CachedDecoder {

  private final ReportTransformer decoder;
  private final NDManager manager;

  /** Null while there are no rows. */
  private KeptMemory studies;

  /** Null before the first token. */
  private KeptMemory before;

  /** A number for each row that has joined, the same for all that come of it. */
  private int[] studyOfRow = {};

  /** Tokens that each row has had. */
  private int[] lengths = {};

  private int joined;

  /**
   * @param manager that everything kept lives as long as
   */
  CachedDecoder(ReportTransformer decoder, NDManager manager) {
    this.decoder = decoder;
    this.manager = manager;
  }

  /**
   * Takes reports to be written, behind those that are there.
   *
   * @param memory rows × places × memory width: a study for each report; not needed any more
   *     afterwards
   */
  void join(NDArray memory) {
    int more = (int) memory.getShape().get(0);
    int rows = lengths.length;
    studies = KeptMemory.behind(manager, studies, decoder.study(memory));
    if (before != null) {
      before = before.withEmpty(manager, more);
    }
    studyOfRow = Arrays.copyOf(studyOfRow, rows + more);
    lengths = Arrays.copyOf(lengths, rows + more);
    for (int row = rows; row < rows + more; row++) {
      studyOfRow[row] = joined++;
    }
  }

  int rows() {
    return lengths.length;
  }

  /**
   * Reads one token more of each report.
   *
   * @param ids a token for each row
   * @return rows × vocabulary: logits of the token that follows
   */
  float[] next(int[] ids) {
    try (NDManager scratch = manager.newSubManager()) {
      // What attention makes of them must not live as long as they do.
      studies.lend(scratch);
      NDArray x = decoder.tokens().at(column(scratch, ids), column(scratch, lengths));
      NDArray mask = mask(scratch);
      List<Memory> longer = new ArrayList<>();
      for (int i = 0; i < decoder.blocks().size(); i++) {
        ReportBlock block = decoder.blocks().get(i);
        Memory own = block.self().memory(x);
        Memory all = before == null ? own : before.memories().get(i).with(own);
        longer.add(all);
        x = block.next(x, all, studies.memories().get(i), mask);
      }
      float[] logits = decoder.logits(x).toFloatArray();
      before = KeptMemory.instead(manager, before, longer);
      Arrays.setAll(lengths, row -> lengths[row] + 1);
      return logits;
    }
  }

  private static NDArray column(NDManager scratch, int[] values) {
    long[] wide = Arrays.stream(values).asLongStream().toArray();
    return scratch.create(wide, new Shape(wide.length, 1));
  }

  /** Blocks the empty places, before the next token; null where there are none. */
  private NDArray mask(NDManager scratch) {
    int most = longest();
    if (Arrays.stream(lengths).allMatch(length -> length == most)) {
      return null;
    }
    float[] mask = new float[lengths.length * (most + 1)];
    for (int row = 0; row < lengths.length; row++) {
      int from = row * (most + 1);
      Arrays.fill(mask, from, from + most - lengths[row], TokenBatch.BLOCKED);
    }
    return scratch.create(mask, new Shape(lengths.length, 1, 1, most + 1));
  }

  private int longest() {
    return Arrays.stream(lengths).max().orElse(0);
  }

  /**
   * Goes on with these rows, in this order; a row may come more than once, or not at all.
   *
   * @param rows indices into the rows as they are
   */
  void keep(int[] rows) {
    if (Arrays.equals(rows, IntStream.range(0, lengths.length).toArray())) {
      return;
    }
    int most = longest();
    int[] kept = Arrays.stream(rows).map(row -> studyOfRow[row]).toArray();
    lengths = Arrays.stream(rows).map(row -> lengths[row]).toArray();
    if (rows.length == 0) {
      forget();
      return;
    }
    if (before != null) {
      before = before.rows(manager, rows, most - longest());
    }
    // Reports change places within their study most of the time: it need not be copied.
    if (!Arrays.equals(kept, studyOfRow)) {
      studies = studies.rows(manager, rows, 0);
      studyOfRow = kept;
    }
  }

  private void forget() {
    studies.close();
    studies = null;
    if (before != null) {
      before.close();
      before = null;
    }
    studyOfRow = new int[] {};
  }
}
