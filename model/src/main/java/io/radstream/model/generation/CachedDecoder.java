package io.radstream.model.generation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.layers.MultiHeadAttention.Memory;
import io.radstream.model.network.ReportBlock;
import io.radstream.model.network.ReportTransformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The report transformer, token by token. Keys and values of the tokens before and of the study are
 * kept, so that a token costs one pass over itself alone. Not thread-safe.
 */
final class CachedDecoder {

  private final ReportTransformer decoder;
  private final NDManager manager;
  private Kept studies;
  private int[] studyOfRow;
  private Kept before;
  private int tokens;

  /**
   * @param manager that everything kept lives as long as
   * @param memory rows × places × memory width: a study for each report; not needed any more
   *     afterwards
   */
  CachedDecoder(ReportTransformer decoder, NDManager manager, NDArray memory) {
    this.decoder = decoder;
    this.manager = manager;
    this.studies = Kept.of(manager, decoder.study(memory));
    this.studyOfRow = IntStream.range(0, (int) memory.getShape().get(0)).toArray();
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
      long[] wide = Arrays.stream(ids).asLongStream().toArray();
      NDArray x = decoder.tokens().apply(scratch.create(wide, new Shape(wide.length, 1)), tokens);
      List<Memory> longer = new ArrayList<>();
      for (int i = 0; i < decoder.blocks().size(); i++) {
        ReportBlock block = decoder.blocks().get(i);
        Memory own = block.self().memory(x);
        Memory all = tokens == 0 ? own : before.memories().get(i).with(own);
        longer.add(all);
        x = block.next(x, all, studies.memories().get(i));
      }
      float[] logits = decoder.logits(x).toFloatArray();
      before = Kept.of(manager, longer, before);
      tokens++;
      return logits;
    }
  }

  /**
   * Goes on with these rows, in this order; a row may come more than once, or not at all.
   *
   * @param rows indices into the rows as they are
   */
  void keep(int[] rows) {
    if (Arrays.equals(rows, IntStream.range(0, studyOfRow.length).toArray())) {
      return;
    }
    before = before.rows(manager, rows);
    int[] kept = Arrays.stream(rows).map(row -> studyOfRow[row]).toArray();
    // Reports change places within their study most of the time: it need not be copied.
    if (!Arrays.equals(kept, studyOfRow)) {
      studies = studies.rows(manager, rows);
      studyOfRow = kept;
    }
  }

  /**
   * By block.
   *
   * @param manager of these alone
   */
  private record Kept(NDManager manager, List<Memory> memories) {

    static Kept of(NDManager parent, List<Memory> memories) {
      NDManager own = parent.newSubManager();
      for (Memory memory : memories) {
        memory.keys().attach(own);
        memory.values().attach(own);
      }
      return new Kept(own, memories);
    }

    /**
     * @param old what they take the place of; null for nothing
     */
    static Kept of(NDManager parent, List<Memory> memories, Kept old) {
      Kept kept = of(parent, memories);
      if (old != null) {
        old.manager.close();
      }
      return kept;
    }

    /** Until the borrower is closed, results belong to it. */
    void lend(NDManager borrower) {
      for (Memory memory : memories) {
        borrower.tempAttachAll(memory.keys(), memory.values());
      }
    }

    Kept rows(NDManager parent, int[] rows) {
      try (NDManager scratch = parent.newSubManager()) {
        NDArray index = scratch.create(Arrays.stream(rows).asLongStream().toArray());
        List<Memory> chosen =
            memories.stream()
                .map(memory -> new Memory(memory.keys().get(index), memory.values().get(index)))
                .toList();
        return of(parent, chosen, this);
      }
    }
  }
}
