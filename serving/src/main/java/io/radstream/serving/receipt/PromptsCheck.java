package io.radstream.serving.receipt;

import io.radstream.serving.score.FindingSet;
import io.radstream.serving.score.FindingSets;
import io.radstream.serving.score.PromptSet;
import java.util.Map;
import java.util.Optional;

/**
 * Whether there are the sentences that the service had.
 *
 * @param given by who verifies; empty for the built-in ones
 */
record PromptsCheck(Optional<PromptSet> given) {

  static final String NAME = "prompts";

  /**
   * @param sets to score again with; empty where they would be others
   */
  record Found(ReceiptCheck check, Optional<FindingSets> sets) {}

  Found of(ReceiptSettings settings) {
    PromptSet prompts = given.orElseGet(PromptSet::builtIn);
    if (settings.prompts() == null) {
      return new Found(
          ReceiptCheck.ok(NAME, "none are needed: the set is what the network was taught"),
          Optional.of(sets(settings.findings(), prompts, new FindingSet.Taught())));
    }
    if (PromptsDigest.of(prompts).equals(settings.prompts())) {
      return new Found(
          ReceiptCheck.ok(NAME, "the same sentences"),
          Optional.of(sets(settings.findings(), prompts, new FindingSet.Prompted(prompts))));
    }
    return new Found(
        given.isPresent()
            ? ReceiptCheck.failed(NAME, "those given are not the service's")
            : ReceiptCheck.notChecked(
                NAME, "the service had its own and not the built-in ones; none were given"),
        Optional.empty());
  }

  private static FindingSets sets(String name, PromptSet prompts, FindingSet set) {
    return name.equals(FindingSets.ALL)
        ? FindingSets.of(prompts)
        : new FindingSets(prompts, Map.of(name, set));
  }
}
