package io.radstream.model.explicit;

import ai.djl.ndarray.NDArray;
import io.radstream.model.kernels.EmbeddingKernels;
import java.util.List;

/** Tokens looked up in tables, and the tables' gradients: each row's sum in the order of tokens. */
record CardTables(Bench bench) {

  private EmbeddingKernels kernels(NDArray table) {
    return bench.kernels().embeddings().get(Bench.width(table));
  }

  NDArray look(Tables tables, NDArray ids, NDArray at) {
    NDArray features = bench.wide(Bench.rows(ids), Bench.width(tables.words()));
    kernels(features)
        .look(
            bench.stream(),
            new EmbeddingKernels.Tables(
                bench.at(tables.words()),
                (float) tables.factor(),
                bench.at(tables.places()),
                tables.every().map(bench::at).orElse(0L)),
            bench.at(ids),
            bench.at(at),
            bench.at(features),
            Bench.rows(ids));
    return features;
  }

  /** Adds up the gradient of a table, in place. */
  void learn(GradientSums.Room room, double factor, NDArray ids, NDArray dy) {
    if (!room.begun()) {
      bench.operations().clear(room.array());
    }
    List<NDArray> sorted = bench.operations().sorted(ids);
    EmbeddingKernels.Backward of =
        new EmbeddingKernels.Backward(
            bench.at(sorted.get(0)), bench.at(sorted.get(1)), bench.at(dy), bench.at(room.array()));
    kernels(dy).backward(bench.stream(), of, (float) factor, Bench.rows(ids), true);
  }
}
