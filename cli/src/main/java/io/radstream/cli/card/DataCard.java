package io.radstream.cli.card;

import io.radstream.schemas.log.OffsetRange;
import java.util.List;
import java.util.Map;

/**
 * What the studies of a topic are like. A count that is null is of fewer than {@code minCell}, or
 * would tell one that is.
 *
 * @param topic without its prefix
 * @param offsets that were read
 * @param totals studies, patients, views and the like
 * @param parts how a total is made up, by what it is made up of
 * @param spreads sizes and lengths; those of too few are left out
 * @param findings that are labelled, of these studies
 * @param terms of each source that the studies are known to be from, what its makers ask for; null
 *     where that is not known
 */
public record DataCard(
    String topic,
    List<OffsetRange> offsets,
    int minCell,
    Map<String, Long> totals,
    Map<String, Map<String, Long>> parts,
    Map<String, Spread> spreads,
    Map<String, Prevalence> findings,
    Map<String, String> terms) {

  /**
   * How often a finding is there.
   *
   * @param labelled studies that have a label for it
   * @param present those of them with a label of one half or more
   */
  public record Prevalence(Long labelled, Long present) {

    static Prevalence of(long labelled, long present, SmallCells cells) {
      Map<String, Long> shown =
          cells.shown(Map.of("present", present, "absent", labelled - present));
      return new Prevalence(cells.shown(labelled), shown.get("present"));
    }
  }
}
