package io.radstream.serving.score;

import java.util.List;

/**
 * How reports say that a finding is there, and that it is not.
 *
 * @param finding short name, as in answers
 * @param positive sentences of reports about studies with the finding
 * @param negative sentences of reports about studies without it
 */
public record FindingPrompts(String finding, List<String> positive, List<String> negative) {

  public FindingPrompts {
    if (finding == null || !finding.matches("[A-Za-z0-9 _-]{1,64}")) {
      throw new IllegalArgumentException(
          "a finding's name has 1 to 64 letters, digits, spaces, '_' or '-', not: " + finding);
    }
    positive = checked(finding, "positive", positive);
    negative = checked(finding, "negative", negative);
  }

  private static List<String> checked(String finding, String which, List<String> prompts) {
    if (prompts == null || prompts.isEmpty()) {
      throw new IllegalArgumentException("finding " + finding + " has no " + which + " prompt");
    }
    if (prompts.stream().anyMatch(prompt -> prompt == null || prompt.isBlank())) {
      throw new IllegalArgumentException("finding " + finding + ": an empty " + which + " prompt");
    }
    return List.copyOf(prompts);
  }
}
