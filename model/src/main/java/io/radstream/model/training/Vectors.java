package io.radstream.model.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.IntStream;

/** What is kept of one part of a batch while others are computed. */
final class Vectors {

  private Vectors() {}

  static NDArray kept(NDManager scratch, NDArray vectors) {
    NDArray copy = vectors.duplicate();
    copy.attach(scratch);
    return copy;
  }

  static NDList kept(NDManager scratch, NDList vectors) {
    return new NDList(vectors.stream().map(array -> kept(scratch, array)).toList());
  }

  /** Rows of all parts: the first arrays of each, the second, and so on. */
  static NDList joined(List<NDList> parts) {
    return new NDList(
        IntStream.range(0, parts.get(0).size())
            .mapToObj(i -> joinedRows(parts.stream().map(part -> part.get(i)).toList()))
            .toList());
  }

  static NDArray joinedRows(List<NDArray> parts) {
    return NDArrays.concat(new NDList(parts));
  }
}
