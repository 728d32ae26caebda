package io.radstream.serving.checkpoint;

import io.opentelemetry.api.trace.SpanContext;
import io.radstream.schemas.CheckpointPublished;
import io.radstream.schemas.log.TopicFollower;
import io.radstream.serving.fleet.KnownCheckpoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes announced checkpoints, and has them looked at once all of the past are known. */
public final class CheckpointWatcher implements TopicFollower.Listener<CheckpointPublished> {

  private static final Logger LOG = LoggerFactory.getLogger(CheckpointWatcher.class);

  private final Optional<String> line;
  private final Announcements announcements;
  private final CheckpointCatalog catalog;
  private final FleetKeeper keeper;
  private final CheckpointSpans spans;
  private final Set<String> otherLines = new TreeSet<>();
  private boolean seen;
  private boolean warned;

  /**
   * @param line the only model line to serve, or empty for all
   * @param spans are told where checkpoints come from
   */
  public CheckpointWatcher(
      Optional<String> line,
      Announcements announcements,
      CheckpointCatalog catalog,
      FleetKeeper keeper,
      CheckpointSpans spans) {
    this.line = line;
    this.announcements = announcements;
    this.catalog = catalog;
    this.keeper = keeper;
    this.spans = spans;
  }

  @Override
  public void accept(
      List<CheckpointPublished> announced, List<SpanContext> origins, boolean caughtUp) {
    for (int i = 0; i < announced.size(); i++) {
      spans.announced(announced.get(i).getCheckpointId(), origins.get(i));
    }
    accept(announced, caughtUp);
  }

  @Override
  public void accept(List<CheckpointPublished> announced, boolean caughtUp) {
    for (CheckpointPublished checkpoint : announced) {
      catalog.descends(checkpoint);
      if (line.isEmpty() || line.get().equals(checkpoint.getLine())) {
        catalog.announced(KnownCheckpoint.of(announcements.add(checkpoint)));
        seen = true;
      } else {
        otherLines.add(checkpoint.getLine());
      }
    }
    if (caughtUp) {
      tellOfOtherLines();
      keeper.announced();
    }
  }

  /** Its name may be misspelt; else the service would wait for it without a word. */
  private void tellOfOtherLines() {
    if (!seen && !warned && !otherLines.isEmpty()) {
      warned = true;
      LOG.atWarn()
          .addKeyValue("line", line.orElseThrow())
          .addKeyValue("others", otherLines)
          .log("no checkpoint of this line (--line) has been announced yet, only of others");
    }
  }
}
