package io.radstream.serving.fleet;

/**
 * A checkpoint. A line that is begun anew makes the same ids again, and so the run tells them
 * apart.
 *
 * @param id as announced
 * @param runId the run that made it
 */
public record CheckpointRef(String id, String runId) implements Crew.Member<CheckpointRef> {

  @Override
  public boolean isOfSameCheckpoint(CheckpointRef other) {
    return id.equals(other.id);
  }
}
