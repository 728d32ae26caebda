package io.radstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import io.radstream.model.engine.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GradientCheckTest {

  private Float64Fixture fixture;
  private NDArray x;

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  @BeforeEach
  void makeInput() {
    fixture = new Float64Fixture(1);
    x = fixture.input("x", 3, 4);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void shouldAcceptATrueGradientAndLeaveTheVariable() {
    double[] before = x.toDoubleArray();

    GradientCheck.Result result = fixture.check(scratch -> x.mul(x).mul(x));

    assertThat(result.worst()).isLessThan(GradientCheck.LIMIT);
    assertThat(result.flat()).isEmpty();
    assertThat(x.toDoubleArray()).isEqualTo(before);
  }

  @Test
  void shouldFindAFactorWithoutGradient() {
    GradientCheck.Result result = fixture.check(scratch -> x.mul(x.stopGradient()));

    assertThat(result.worst()).isCloseTo(1, within(0.5));
    assertThat(result.where()).isEqualTo("x");
  }

  @Test
  void shouldFindAGradientThatIsNoNumber() {
    GradientCheck.Result result = fixture.check(scratch -> x.mul(0).sqrt());

    assertThat(result.worst()).isNaN();
  }

  @Test
  void shouldNameAVariableWithoutInfluence() {
    GradientCheck.Result result = fixture.check(scratch -> x.sub(x));

    assertThat(result.flat()).containsExactly("x");
  }
}
