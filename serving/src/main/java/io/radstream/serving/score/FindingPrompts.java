package io.radstream.serving.score;

import io.radstream.radiology.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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

  /**
   * SHA-256 of all sentences, in lower-case hexadecimal: each list with its length, each sentence
   * with its own, so that no two sets of sentences read the same.
   */
  public String sha256() {
    MessageDigest digest = Sha256.digest();
    for (List<String> sentences : List.of(positive, negative)) {
      add(digest, sentences.size());
      for (String sentence : sentences) {
        byte[] text = sentence.getBytes(StandardCharsets.UTF_8);
        add(digest, text.length);
        digest.update(text);
      }
    }
    return Sha256.hex(digest);
  }

  private static void add(MessageDigest digest, int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
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
