package io.radstream.results.maps;

import io.radstream.results.destination.Result;
import io.radstream.results.destination.ResultId;
import io.radstream.results.maps.MapPictures.Drawn;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures that go to one destination with its results. Those of the last result are kept, so
 * that nothing is computed again while a receiver is waited for. For one thread; its counts for
 * all.
 */
public final class ResultMaps {

  private static final Logger LOG = LoggerFactory.getLogger(ResultMaps.class);

  private record Last(ResultId id, List<MapPicture> pictures) {}

  private final MapPictures source;
  private final MapChoice choice;
  private final Map<String, Long> without = new ConcurrentHashMap<>();
  private final LongAdder drawn = new LongAdder();
  private Last last = new Last(new ResultId("", 0, ""), List.of());

  public ResultMaps(MapPictures source, MapChoice choice) {
    this.source = source;
    this.choice = choice;
  }

  /**
   * None where no finding is likely enough, or there is no map; the latter is counted, and told
   * once for each reason.
   *
   * @throws RetriableException where that cannot be told now
   */
  public List<MapPicture> of(Result result) {
    if (!last.id.equals(result.id())) {
      List<String> findings = choice.of(result);
      last = new Last(result.id(), findings.isEmpty() ? List.of() : drawn(result, findings));
    }
    return last.pictures;
  }

  private List<MapPicture> drawn(Result result, List<String> findings) {
    Drawn answer = answer(result, findings);
    if (answer instanceof Drawn.Pictures pictures) {
      drawn.add(pictures.pictures().size());
      return pictures.pictures();
    }
    String why = ((Drawn.None) answer).why();
    if (without.merge(why, 1L, Long::sum) == 1) {
      LOG.atWarn()
          .log(
              "a result goes without pictures ({}), and further ones are only counted; is it the"
                  + " store and the prompts of the service, and are checkpoints and views kept for as"
                  + " long as results wait",
              why);
    }
    return List.of();
  }

  private Drawn answer(Result result, List<String> findings) {
    try {
      return source.of(result, findings);
    } catch (RetriableException | InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      // The report must not be lost for its pictures. No message: it may quote.
      return new Drawn.None("they cannot be drawn: " + e.getClass().getSimpleName());
    }
  }

  /** Pictures that were drawn. */
  public long drawn() {
    return drawn.sum();
  }

  /** Results that should have had pictures, and have none. */
  public long without() {
    return without.values().stream().mapToLong(it -> it).sum();
  }
}
