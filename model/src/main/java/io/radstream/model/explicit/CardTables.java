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

  /** The gradient by a table. */
  NDArray back(NDArray table, double factor, NDArray ids, NDArray dy) {
    List<NDArray> sorted = bench.operations().sorted(ids);
    NDArray gradient = bench.operations().zerosLike(table);
    EmbeddingKernels.Backward of =
        new EmbeddingKernels.Backward(
            bench.at(sorted.get(0)), bench.at(sorted.get(1)), bench.at(dy), bench.at(gradient));
    kernels(table).backward(bench.stream(), of, (float) factor, Bench.rows(ids), false);
    return gradient;
  }
}
