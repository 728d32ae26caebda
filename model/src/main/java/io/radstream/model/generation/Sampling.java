package io.radstream.model.generation;

import java.util.function.IntToDoubleFunction;

/**
 * How tokens are drawn: by the network's probabilities, made flatter or steeper, and of the most
 * probable ones only.
 *
 * @param temperature above 0: log-probabilities are divided by it; 1 leaves them as they are
 * @param topK at least 1: so many of the most probable tokens are left; of equals, the lowest ids
 * @param topP above 0, at most 1: of these, no more than are needed for such a share of their
 *     probability, at least one (Holtzman et al., 2020, section 3.1)
 * @param draws from 0 to 1, 1 left out: for the place of a token in its report, always the same
 */
public record Sampling(double temperature, int topK, double topP, IntToDoubleFunction draws) {

  public Sampling {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException("temperature is above 0, not " + temperature);
    }
    if (topK < 1) {
      throw new IllegalArgumentException("topK is at least 1, not " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP is above 0 and at most 1, not " + topP);
    }
  }
}
