package io.radstream.results.maps;

import io.radstream.results.destination.Result;
import io.radstream.results.destination.ResultId;
import io.radstream.results.maps.MapPictures.Drawn;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures that go to one destination with its results. Those of the last result are kept, so
 * that nothing is computed again while a receiver is waited for. Thread-safe.
 */
public final class ResultMaps {

  private static final Logger LOG = LoggerFactory.getLogger(ResultMaps.class);

  private record Last(ResultId id, List<MapPicture> pictures) {}

  private final MapPictures source;
  private final MapChoice choice;
  private final Map<String, Long> without = new TreeMap<>();
  private Last last = new Last(new ResultId("", 0, ""), List.of());
  private long drawn;

  public ResultMaps(MapPictures source, MapChoice choice) {
    this.source = source;
    this.choice = choice;
  }

  /**
   * None where no finding is likely enough, or there is no map; the latter is counted, and told
   * once for each reason.
   *
   * @throws org.apache.kafka.common.KafkaException where that cannot be told now
   */
  public synchronized List<MapPicture> of(Result result) {
    if (!last.id.equals(result.id())) {
      List<String> findings = choice.of(result);
      last = new Last(result.id(), findings.isEmpty() ? List.of() : drawn(result, findings));
    }
    return last.pictures;
  }

  private List<MapPicture> drawn(Result result, List<String> findings) {
    Drawn answer = source.of(result, findings);
    if (answer instanceof Drawn.Pictures pictures) {
      drawn += pictures.pictures().size();
      return pictures.pictures();
    }
    String why = ((Drawn.None) answer).why();
    if (without.merge(why, 1L, Long::sum) == 1) {
      LOG.atWarn()
          .log(
              "a result goes without pictures ({}), and further ones are only counted; keep"
                  + " checkpoints and views for as long as scores wait to be sent",
              why);
    }
    return List.of();
  }

  /** Pictures that were drawn. */
  public synchronized long drawn() {
    return drawn;
  }

  /** Results that should have had pictures, and have none. */
  public synchronized long without() {
    return without.values().stream().mapToLong(it -> it).sum();
  }
}
