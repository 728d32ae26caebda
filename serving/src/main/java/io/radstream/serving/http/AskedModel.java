package io.radstream.serving.http;

import io.radstream.serving.score.Capability;
import io.radstream.serving.score.Offer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The model that a path of {@code /v2} names: a set of findings, scored by a checkpoint.
 *
 * @param name of the set
 * @param version the checkpoint that is asked for; empty where any may answer
 * @param offer what can be asked of the one that would answer now
 * @param needed of the one that answers, for the set to be scored
 */
record AskedModel(String name, Optional<String> version, Offer offer, Set<Capability> needed) {

  Set<Capability> can() {
    return offer.capabilities();
  }

  /** What the one that answers must be able to do, for the set and besides. */
  Set<Capability> needing(Set<Capability> others) {
    Set<Capability> all = new HashSet<>(needed);
    all.addAll(others);
    return all;
  }

  boolean isScored() {
    return offer.findings().contains(name);
  }
}
