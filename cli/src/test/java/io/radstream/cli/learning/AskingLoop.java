package io.radstream.cli.learning;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.radstream.cli.learning.SeenPhantoms.Seen;
import io.radstream.evaluation.Auc;
import io.radstream.evaluation.Scored;
import io.radstream.radiology.CounterRandom;
import io.radstream.schemas.StudyScore;
import io.radstream.serving.worklist.NotReadYetException;
import io.radstream.serving.worklist.Worklist;
import io.radstream.serving.worklist.WorklistLimits;
import io.radstream.serving.worklist.WorklistOrder;
import io.radstream.serving.worklist.WorklistQuestion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks for labels of studies in rounds: some at random first, then those that stand first on a
 * worklist of what is left, or at random still.
 *
 * @param pool that labels are asked of
 * @param heldOut that nothing is learned from
 * @param first labels at random
 * @param round labels of each further round
 * @param rounds how many of these
 */
record AskingLoop(List<Seen> pool, List<Seen> heldOut, int first, int round, int rounds) {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /**
   * Where it ended.
   *
   * @param aucs by finding
   * @param positives findings that are there in the studies that were asked of
   */
  record End(List<Double> aucs, int positives) {

    double mean() {
      return aucs.stream().mapToDouble(auc -> auc).average().orElseThrow();
    }
  }

  private record Probes(List<LogisticProbe> older, List<LogisticProbe> newer) {}

  /**
   * @param order empty for studies at random
   */
  End run(long seed, Optional<WorklistOrder> order) throws NotReadYetException {
    List<Seen> left = SeenPhantoms.shuffled(pool, CounterRandom.of(seed, "asked"));
    List<Seen> asked = new ArrayList<>(left.subList(0, first));
    left.subList(0, first).clear();
    for (int i = 0; i < rounds; i++) {
      List<Seen> next =
          order.isPresent()
              ? top(left, probes(asked), order.get())
              : List.copyOf(left.subList(0, round));
      asked.addAll(next);
      left.removeAll(Set.copyOf(next));
    }
    return end(asked);
  }

  /** With labels of all. */
  End all() {
    return end(pool);
  }

  private static Probes probes(List<Seen> asked) {
    return new Probes(probes(asked, Seen::older), probes(asked, Seen::newer));
  }

  private static List<LogisticProbe> probes(List<Seen> asked, Function<Seen, double[]> seenBy) {
    List<double[]> vectors = asked.stream().map(seenBy).toList();
    List<LogisticProbe> probes = new ArrayList<>();
    for (int i = 0; i < SeenPhantoms.FINDINGS.size(); i++) {
      int finding = i;
      probes.add(
          LogisticProbe.fit(
              vectors, asked.stream().map(study -> study.present().get(finding)).toList()));
    }
    return probes;
  }

  private static Map<String, Double> probabilities(List<LogisticProbe> probes, double[] vector) {
    Map<String, Double> probabilities = new HashMap<>();
    for (int i = 0; i < probes.size(); i++) {
      probabilities.put(SeenPhantoms.FINDINGS.get(i).label(), probes.get(i).probability(vector));
    }
    return probabilities;
  }

  /** What a service's own list has first. */
  private List<Seen> top(List<Seen> left, Probes probes, WorklistOrder order)
      throws NotReadYetException {
    Worklist list =
        new Worklist(
            new WorklistLimits(left.size(), Duration.ofDays(1), Set.of()),
            List::of,
            verdict -> {},
            () -> NOW,
            new SimpleMeterRegistry(),
            () -> {});
    list.withdrawals().accept(List.of(), true);
    list.labels().accept(List.of(), true);
    for (Seen study : left) {
      list.scores()
          .accept(
              List.of(
                  score(study.id(), "older", probabilities(probes.older(), study.older())),
                  score(study.id(), "newer", probabilities(probes.newer(), study.newer()))),
              true);
    }
    Map<String, Seen> byId = left.stream().collect(Collectors.toMap(Seen::id, study -> study));
    return list
        .page(new WorklistQuestion(order, Optional.empty(), 0, false, round, Optional.empty()))
        .studies()
        .stream()
        .map(entry -> byId.get(entry.study().studyId()))
        .toList();
  }

  private static StudyScore score(String id, String checkpoint, Map<String, Double> probabilities) {
    return StudyScore.newBuilder()
        .setStudyId(id)
        .setCheckpointId(checkpoint)
        .setProbabilities(probabilities)
        .setLatencyMillis(0)
        .setTime(NOW)
        .setRevision(1)
        .build();
  }

  private End end(List<Seen> asked) {
    List<LogisticProbe> probes = probes(asked, Seen::newer);
    List<Double> aucs = new ArrayList<>();
    for (int i = 0; i < probes.size(); i++) {
      int finding = i;
      aucs.add(
          Auc.of(
                  heldOut.stream()
                      .map(
                          study ->
                              new Scored(
                                  probes.get(finding).probability(study.newer()),
                                  study.present().get(finding)))
                      .toList())
              .orElseThrow());
    }
    return new End(aucs, asked.stream().mapToInt(Seen::abnormalities).sum());
  }
}
