package io.radstream.serving.checkpoint;

import io.radstream.serving.fleet.CheckpointRef;
import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.ScoringModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checkpoints whose models stay open whatever becomes of their roles, since somebody still works
 * with them. Only a model with a role can be held, and only the fleet closes one: each time a kept
 * checkpoint's model gets a role, it is held once more. Not thread-safe.
 */
final class KeptModels {

  private final ModelFleet fleet;
  private final Map<CheckpointRef, List<Models.Lease>> leases = new HashMap<>();

  KeptModels(ModelFleet fleet) {
    this.fleet = fleet;
  }

  /** From now on, or from its first role on. */
  void keep(CheckpointRef checkpoint, ScoringModel model) {
    leases.computeIfAbsent(checkpoint, first -> new ArrayList<>());
    hold(checkpoint, model);
  }

  /** To be called where a checkpoint's model has got a role; holds it where it is kept. */
  void hold(CheckpointRef checkpoint, ScoringModel model) {
    List<Models.Lease> held = leases.get(checkpoint);
    if (held != null) {
      fleet.hold(model).ifPresent(held::add);
    }
  }

  void release(CheckpointRef checkpoint) {
    List<Models.Lease> held = leases.remove(checkpoint);
    if (held != null) {
      held.forEach(Models.Lease::close);
    }
  }

  void releaseAll() {
    List.copyOf(leases.keySet()).forEach(this::release);
  }
}
