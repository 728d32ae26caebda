package io.radstream.cli.card;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.cli.card.CheckpointCard.Figures;
import io.radstream.cli.card.CheckpointCard.Judged;
import io.radstream.cli.findings.Shown;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckpointCardTextTest {

  private static final Figures FEW =
      new Figures(
          "effusion", false, null, 40L, new Shown(0.8, 0.7, 0.9, 9), null, null, null, null, null);

  private static CheckpointCard card(Map<String, String> initial, Double labelShare) {
    return new CheckpointCard(
        "probe-000000060",
        "probe",
        "probe-run",
        "probe-000000040",
        initial,
        labelShare,
        "2026-01-01T00:00:00Z",
        60,
        60,
        32,
        1,
        "a",
        "b",
        "radiographs",
        64,
        List.of("effusion"),
        List.of(),
        List.of(
            new Judged(
                "e",
                "t",
                "tuples.test",
                2,
                41L,
                30L,
                "youden",
                "v",
                0.95,
                null,
                null,
                List.of(FEW))),
        List.of());
  }

  @Test
  void shouldSayWhatItsRunSetOutFromAndOnWhichShareOfLabels() {
    String page =
        new CheckpointCardText(card(Map.of("checkpoint", "chest-000000400"), 0.01)).markdown();

    assertThat(page)
        .contains("| its run set out from | checkpoint chest-000000400 |")
        .contains("| labels learned from | those of 1 % of the patients; figures of data below");
  }

  @Test
  void shouldSayNothingOfLabelsWhereNoneAreLearned() {
    String page = new CheckpointCardText(card(Map.of(), null)).markdown();

    assertThat(page)
        .contains("| its run set out from | weights of its own |")
        .doesNotContain("labels learned from");
  }

  @Test
  void shouldCountWhatAFigureRestsOnButNotTheFew() {
    String page = new CheckpointCardText(card(Map.of(), 1.0)).markdown();

    assertThat(page)
        .contains("Reading no. 2 for this line; 41 studies of 30 patients")
        .contains("| effusion | label head | – | 40 | 0.800 [0.700, 0.900] |");
  }
}
