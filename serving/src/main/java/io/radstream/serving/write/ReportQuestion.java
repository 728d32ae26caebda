package io.radstream.serving.write;

import io.radstream.model.config.Generation;
import io.radstream.model.generation.Sampling;
import io.radstream.radiology.CounterRandom;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a report is to be written.
 *
 * @param beams reports that are followed at a time; 1 for the most probable token each time
 * @param mostTokens start and end token included; empty for as long as the network can
 * @param draw how tokens are drawn; empty where they are not
 */
public record ReportQuestion(int beams, OptionalInt mostTokens, Optional<Draw> draw) {

  public static final int MOST_BEAMS = 8;

  /** The start token, and a word or the end. */
  public static final int FEWEST_TOKENS = 2;

  public static final double LEAST_TEMPERATURE = 0.01;
  public static final double GREATEST_TEMPERATURE = 10;

  /** Greedy, as long as the network can. */
  public static final ReportQuestion GREEDY =
      new ReportQuestion(1, OptionalInt.empty(), Optional.empty());

  /**
   * Tokens are drawn; the same study, model and seed give the same report.
   *
   * @param temperature as {@link Sampling} has it
   * @param topK as above
   * @param topP as above
   */
  public record Draw(double temperature, int topK, double topP, long seed) {

    public Draw {
      require(
          temperature >= LEAST_TEMPERATURE && temperature <= GREATEST_TEMPERATURE,
          "temperature is a number from %s to %s"
              .formatted(LEAST_TEMPERATURE, GREATEST_TEMPERATURE));
      require(topK >= 1, "topK is at least 1");
      require(topP > 0 && topP <= 1, "topP is a number above 0, at most 1");
    }

    Sampling sampling() {
      return new Sampling(
          temperature, topK, topP, place -> CounterRandom.of(seed, "report", place).nextDouble());
    }
  }

  /**
   * @throws IllegalArgumentException where it is beyond a limit; the message is for the client
   */
  public ReportQuestion {
    require(
        beams >= 1 && beams <= MOST_BEAMS, "beams is a number from 1 to %d".formatted(MOST_BEAMS));
    require(
        mostTokens.orElse(FEWEST_TOKENS) >= FEWEST_TOKENS,
        "maxTokens is at least %d, for the start token counts".formatted(FEWEST_TOKENS));
    require(
        beams == 1 || draw.isEmpty(),
        "tokens are drawn (temperature, topK, topP, seed) for one report: leave out beams");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * @param model how its reports are written if nothing is asked for
   */
  Generation options(Generation model) {
    return model
        .withBeams(beams)
        .withTokens(
            FEWEST_TOKENS, mostTokens.isPresent() ? mostTokens.getAsInt() : model.maxTokens());
  }
}
