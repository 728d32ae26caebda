package io.radstream.experiments.plan;

import java.util.List;
import java.util.Optional;

/**
 * A row of the table: what fine-tuning sets out from.
 *
 * @param title as tables name it
 * @param paper what the paper's tables call it; empty where it has no such row
 * @param finetuning settings that its fine-tuning takes beside the target's, {@code key=value}
 */
public record Initialisation(
    String name, String title, Optional<String> paper, Origin origin, List<String> finetuning) {

  public Initialisation {
    finetuning = List.copyOf(finetuning);
  }
}
