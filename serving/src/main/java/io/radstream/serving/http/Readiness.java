package io.radstream.serving.http;

import io.radstream.serving.fleet.ModelFleet;
import io.radstream.serving.follow.FollowedTopics;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.NoModelException;
import java.util.List;

/** Whether studies should be sent here. */
record Readiness(ModelFleet fleet, FollowedTopics followed, InFlight inFlight) {

  /**
   * Who is asked has to know of newer checkpoints, and of withdrawals.
   *
   * @return the checkpoint that answers
   * @throws NoModelException where none is loaded
   * @throws ProblemException where the service is not ready for another reason
   */
  ModelIdentity check() {
    inFlight.checkRunning();
    ModelIdentity model = fleet.live().orElseThrow(NoModelException::new);
    List<String> lost = followed.lost();
    if (!lost.isEmpty()) {
      throw new ProblemException(Problem.notFollowing(lost));
    }
    return model;
  }
}
