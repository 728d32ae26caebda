package io.radstream.serving.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the answer around a receipt says the same as the receipt, which alone is signed. */
final class AnswerCheck {

  private static final String NAME = "answer";

  private AnswerCheck() {}

  static ReceiptCheck of(GivenReceipt given) {
    if (given.answer().isEmpty()) {
      return ReceiptCheck.notChecked(NAME, "the receipt was given alone");
    }
    List<String> others = differences(given.answer().get(), given.payload());
    return others.isEmpty()
        ? ReceiptCheck.ok(
            NAME,
            "probabilities, scoredBy, checkpoint and views are the receipt's; its other fields are"
                + " no part of a receipt")
        : ReceiptCheck.failed(NAME, "other than in the receipt: " + String.join(", ", others));
  }

  private static List<String> differences(JsonNode answer, ReceiptPayload payload) {
    List<String> others = new ArrayList<>();
    Map<String, ReceiptScore> scores = payload.scores();
    JsonNode probabilities = answer.path("probabilities");
    JsonNode raw = answer.path("rawProbabilities");
    JsonNode by = answer.path("scoredBy");
    if (probabilities.size() != scores.size() || by.size() != scores.size()) {
      others.add("the findings");
    }
    scores.forEach(
        (finding, score) -> {
          JsonNode probability = probabilities.path(finding);
          JsonNode own = raw.path(finding);
          if (!isSame(probability, score.probability())) {
            others.add("the probability of " + finding);
          } else if (answer.has("rawProbabilities") && !isSame(own, score.raw())) {
            others.add("the network's own probability of " + finding);
          } else if (!by.path(finding).asText().equals(score.by())) {
            others.add("where that of %s comes from".formatted(finding));
          }
        });
    if (!isSame(answer.path("checkpoint"), payload.checkpoint())) {
      others.add("the checkpoint");
    }
    if (!isSame(answer.path("views").path("used"), payload.input().used())) {
      others.add("the views");
    }
    return others;
  }

  private static boolean isSame(JsonNode told, double number) {
    return told.isNumber() && told.doubleValue() == number;
  }

  private static boolean isSame(JsonNode answer, ReceiptCheckpoint checkpoint) {
    return answer.path("id").asText().equals(checkpoint.id())
        && answer.path("line").asText().equals(checkpoint.line())
        && answer.path("step").asLong(-1) == checkpoint.step();
  }

  private static boolean isSame(JsonNode answer, List<Integer> used) {
    List<Integer> told = new ArrayList<>();
    answer.forEach(view -> told.add(view.asInt(-1)));
    return told.equals(used);
  }
}
