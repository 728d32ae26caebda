package io.radstream.serving.score;

import java.util.Set;

/**
 * What can be asked of a model.
 *
 * @param capabilities of its network
 * @param findings names of the sets of which it can score any finding
 */
public record Offer(Set<Capability> capabilities, Set<String> findings) {

  public Offer {
    capabilities = Set.copyOf(capabilities);
    findings = Set.copyOf(findings);
  }
}
