package io.radstream.model.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.engine.TorchEngine;
import io.radstream.model.layers.Arithmetic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AttentionRecordTest {

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @Test
  void shouldKnowTheGradientOfAttentionWeightsExactly() {
    try (NDManager manager = TorchEngine.engine().newBaseManager()) {
      // Given two tokens, one head of width 2, and a score that is the pull times what comes out
      NDArray q = array(manager, 1, 0, 0, 2);
      NDArray v = array(manager, 1, 2, 3, -1);
      NDArray pull = array(manager, 1, 0.5, -1, 2);
      AttentionRecord record = new AttentionRecord();

      // When
      NDArray attended =
          TorchEngine.recording(
              true,
              () -> {
                NDArray out = record.attend(q, q, v, null);
                TorchEngine.backward(out.mul(pull).sum());
                return out;
              });

      // Then for the weight of token i on token j it is pull(i)·v(j), by hand
      double[] gradient = record.attentions().get(0).zero().getGradient().toDoubleArray();
      assertThat(gradient).containsExactly(new double[] {2, 2.5, 3, -5}, within(1e-12));
      assertThat(record.attentions().get(0).weights().sum(new int[] {3}).toDoubleArray())
          .containsExactly(new double[] {1, 1}, within(1e-12));
      assertThat(attended.toDoubleArray())
          .containsExactly(
              new Arithmetic.Plain().attend(q, q, v, null).toDoubleArray(), within(1e-12));
    }
  }

  private static NDArray array(NDManager manager, double... values) {
    return manager.create(values, new Shape(1, 1, 2, 2));
  }
}
