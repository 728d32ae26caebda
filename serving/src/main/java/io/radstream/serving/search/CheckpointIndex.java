package io.radstream.serving.search;

import io.radstream.serving.score.Capability;
import io.radstream.serving.score.ModelIdentity;
import io.radstream.serving.score.Models;
import io.radstream.serving.score.ScoringModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * An index and the model that made its vectors, which no other model's can be compared with. Held
 * by its maker and by each question; the last who leaves closes both. Thread-safe.
 */
public final class CheckpointIndex {

  private final Models.Lease lease;
  private final StudyIndex studies;
  private final Predicate<String> withdrawn;
  private final AtomicInteger holders = new AtomicInteger(1);

  /**
   * @param lease given up with the last holder
   * @param withdrawn what is never shown, whether it is in the index or not
   */
  CheckpointIndex(Models.Lease lease, StudyIndex studies, Predicate<String> withdrawn) {
    this.lease = lease;
    this.studies = studies;
    this.withdrawn = withdrawn;
  }

  /**
   * @return false where the last holder has left, so that it is closed
   */
  boolean hold() {
    return holders.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
  }

  /** To be called once for each hold. */
  public void release() {
    if (holders.decrementAndGet() == 0) {
      try {
        studies.close();
      } finally {
        lease.close();
      }
    }
  }

  StudyIndex index() {
    return studies;
  }

  ScoringModel model() {
    return lease.model();
  }

  public ModelIdentity identity() {
    return model().identity();
  }

  /** How many studies are in it. */
  public int size() {
    return studies.size();
  }

  /** To have a study scored by its model; a hold of its own. Empty where it is closed. */
  public Optional<Models.Cast> cast() {
    return hold() ? Optional.of(new IndexCast(this)) : Optional.empty();
  }

  /** Vector of a study; empty where it is not in the index, or was withdrawn. */
  public Optional<float[]> vector(String studyId) {
    return withdrawn.test(studyId) ? Optional.empty() : studies.vector(studyId);
  }

  /**
   * Vector of a sentence; takes a pass through the network, one at a time.
   *
   * @return empty where the network reads no text
   */
  public synchronized Optional<float[]> embed(String sentence) {
    return model().capabilities().contains(Capability.PROMPTS)
        ? Optional.of(model().embedReports(new int[][] {model().texts().tokens(sentence)})[0])
        : Optional.empty();
  }

  /**
   * What is nearest, nearest first.
   *
   * @param query of length 1, by the model of this index
   * @param count of studies, and of reports, at most
   * @param asked the study that is asked about, which is not named; empty for none
   */
  public Neighbours nearest(float[] query, int count, Optional<String> asked) {
    Predicate<String> shown = id -> !withdrawn.test(id) && !asked.equals(Optional.of(id));
    return new Neighbours(
        nearest(Side.STUDY, query, count, shown), nearest(Side.REPORT, query, count, shown));
  }

  private List<Neighbour> nearest(Side side, float[] query, int count, Predicate<String> shown) {
    return studies.nearest(side, query, count, shown);
  }
}
