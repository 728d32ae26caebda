package io.radstream.serving.receipt;

import io.radstream.radiology.Sha256;
import io.radstream.serving.score.PromptSet;

/**
 * Tells whether two sets of sentences are the same: SHA-256 of the canonical JSON of the list of
 * findings, each with {@code finding}, {@code positive} and {@code negative}. How the file was
 * written does not matter, the order of findings and sentences does.
 */
final class PromptsDigest {

  private PromptsDigest() {}

  static String of(PromptSet prompts) {
    return Sha256.of(CanonicalJson.of(prompts.findings()));
  }
}
