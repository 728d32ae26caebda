package io.radstream.cli.pacs;

import io.radstream.cli.pacs.Topics.Placed;
import io.radstream.schemas.KafkaConnection;
import io.radstream.schemas.StepRecord;
import io.radstream.schemas.StudyRead;
import io.radstream.schemas.log.KafkaClients;
import io.radstream.trainer.ledger.LedgerReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the ledger says that a run learned from. */
final class LearnedSteps {

  private record Place(int partition, long offset) {}

  private record InEpoch(long epoch, String study) {}

  private final Map<Place, String> newest = new HashMap<>();
  private final Set<String> studies = new HashSet<>();
  private final Set<InEpoch> epochs = new HashSet<>();
  private final List<Double> losses = new ArrayList<>();
  private int reads;
  private int notNewest;

  private LearnedSteps(Collection<Placed> tuples) {
    tuples.forEach(
        each -> newest.put(new Place(each.partition(), each.offset()), each.tuple().getStudyId()));
  }

  /**
   * @param newest the last revision of each study
   */
  static LearnedSteps of(KafkaConnection connection, Collection<Placed> newest) {
    LearnedSteps steps = new LearnedSteps(newest);
    new LedgerReader(KafkaClients.of(connection), connection)
        .forEach(
            entry -> {
              if (!entry.isOpening()) {
                steps.see(entry.record());
              }
            });
    return steps;
  }

  private void see(StepRecord step) {
    losses.add(step.getLosses().get("loss"));
    for (StudyRead read : step.getReads()) {
      Place place = new Place(read.getTuple().getPartition(), read.getTuple().getOffset());
      String study = newest.get(place);
      if (study == null) {
        notNewest++;
      } else {
        studies.add(study);
        epochs.add(new InEpoch(read.getDraw(), study));
        reads++;
      }
    }
  }

  int count() {
    return losses.size();
  }

  Set<String> studies() {
    return studies;
  }

  int notNewest() {
    return notNewest;
  }

  int repeatedInAnEpoch() {
    return reads - epochs.size();
  }

  double firstLoss() {
    return mean(losses.subList(0, losses.size() / 4));
  }

  double lastLoss() {
    return mean(losses.subList(losses.size() - losses.size() / 4, losses.size()));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
