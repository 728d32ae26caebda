package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.serving.checkpoint.CheckpointJudge.Judged;
import io.radstream.serving.fleet.KnownCheckpoint;
import io.radstream.serving.fleet.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Brings the newest announced checkpoint before the judge. Of several that were announced meanwhile
 * only the newest is loaded; where it is refused, the one before it, as long as that is newer than
 * the live one. Called by one thread.
 */
public final class CheckpointWatcher implements TopicFollower.Listener<CheckpointPublished> {

  /** Older announcements than this many are not tried. */
  private static final int MOST_CANDIDATES = 100;

  private final Optional<String> line;
  private final CheckpointJudge judge;
  private final CheckpointCatalog catalog;

  /** Announced and newer than the live one; the newest first. */
  private final List<CheckpointPublished> candidates = new ArrayList<>();

  /**
   * @param line the only model line to serve, or empty for whichever was announced last
   */
  public CheckpointWatcher(
      Optional<String> line, CheckpointJudge judge, CheckpointCatalog catalog) {
    this.line = line;
    this.judge = judge;
    this.catalog = catalog;
  }

  @Override
  public void accept(List<CheckpointPublished> announcements, boolean caughtUp) {
    for (CheckpointPublished announced : announcements) {
      catalog.descends(announced);
      if (line.isEmpty() || line.get().equals(announced.getLine())) {
        catalog.announced(KnownCheckpoint.of(announced));
        // Announcements are given again where something failed.
        candidates.remove(announced);
        candidates.add(0, announced);
      }
    }
    // A line lies in one partition, in order; several lines are only in order of time.
    candidates.sort(Comparator.comparing(CheckpointPublished::getTime).reversed());
    if (candidates.size() > MOST_CANDIDATES) {
      candidates.subList(MOST_CANDIDATES, candidates.size()).clear();
    }
    if (caughtUp) {
      judgeNewest();
    }
  }

  /**
   * While nothing is live, a checkpoint on trial waits until an older one was found to be live
   * beside it.
   */
  private void judgeNewest() {
    Optional<Judged> trial = Optional.empty();
    while (!candidates.isEmpty()) {
      Judged judged = judge.judge(candidates.remove(0));
      if (judged.verdict() instanceof Verdict.Refuse) {
        judge.carryOut(judged);
      } else if (judged.verdict() instanceof Verdict.Promote || judge.isAnyLive()) {
        judge.carryOut(judged);
        candidates.clear();
      } else if (trial.isEmpty()) {
        trial = Optional.of(judged);
      } else {
        judge.passOver(judged);
      }
    }
    trial.ifPresent(judge::carryOut);
  }
}
