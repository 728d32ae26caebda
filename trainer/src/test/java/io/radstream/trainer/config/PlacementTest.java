package io.radstream.trainer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.model.engine.Seat;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementTest {

  private static final Map<String, String> TORCHRUN =
      Map.of(
          "RANK", "5",
          "WORLD_SIZE", "8",
          "LOCAL_RANK", "1",
          "MASTER_ADDR", "trainer-0.radstream",
          "MASTER_PORT", "29400");

  private static final Map<String, String> SLURM =
      Map.of(
          "SLURM_PROCID", "3",
          "SLURM_NTASKS", "4",
          "SLURM_LOCALID", "1",
          "SLURM_JOB_ID", "1234567",
          "SLURM_LAUNCH_NODE_IPADDR", "10.1.0.1",
          "SLURM_JOB_NODELIST", "gpu[003-006,009],gpu100");

  private static final Map<String, String> KUBERNETES =
      Map.of(
          "JOB_COMPLETION_INDEX", "2",
          "WORLD_SIZE", "4",
          "MASTER_ADDR", "train-rank-0-0.train");

  private static Map<String, String> with(Map<String, String> before, String... more) {
    Map<String, String> all = new HashMap<>(before);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static Map<String, String> without(Map<String, String> before, String name) {
    Map<String, String> rest = new HashMap<>(before);
    rest.remove(name);
    return rest;
  }

  @Test
  void shouldTakeWhatTorchrunSays() {
    assertThat(Placement.of(TORCHRUN))
        .contains(new Placement(new Seat(5, 8, "trainer-0.radstream", 29400), 1));
  }

  @Test
  void shouldMeetBesideTheStoreOfTorchrunsAgent() {
    assertThat(Placement.of(with(TORCHRUN, "TORCHELASTIC_USE_AGENT_STORE", "True")))
        .contains(new Placement(new Seat(5, 8, "trainer-0.radstream", 29401), 1));
    assertThat(Placement.of(with(TORCHRUN, "TORCHELASTIC_USE_AGENT_STORE", "False")))
        .contains(new Placement(new Seat(5, 8, "trainer-0.radstream", 29400), 1));
  }

  @Test
  void shouldTakeWhatSlurmSays() {
    assertThat(Placement.of(SLURM)).contains(new Placement(new Seat(3, 4, "gpu003", 24567), 1));
    assertThat(Placement.of(without(SLURM, "SLURM_JOB_NODELIST")))
        .contains(new Placement(new Seat(3, 4, "10.1.0.1", 24567), 1));
    assertThat(Placement.of(with(SLURM, "SLURM_STEP_NODELIST", "gpu009")))
        .contains(new Placement(new Seat(3, 4, "gpu009", 24567), 1));
    assertThat(Placement.of(with(SLURM, "MASTER_ADDR", "head", "MASTER_PORT", "7000")))
        .contains(new Placement(new Seat(3, 4, "head", 7000), 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node7 | node7",
        "a,b | a",
        "node[1-4] | node1",
        "node[02,05-09] | node02",
        "rack[3-4]n[11-12] | rack3n11",
        "gpu[7]-ib,gpu9 | gpu7-ib"
      })
  void shouldFindTheFirstOfSlurmsMachines(String list, String first) {
    assertThat(Placement.first(list)).isEqualTo(first);
  }

  @Test
  void shouldTakeWhatAnIndexedJobSays() {
    assertThat(Placement.of(KUBERNETES))
        .contains(new Placement(new Seat(2, 4, "train-rank-0-0.train", 29500), 0));
    assertThat(Placement.of(with(KUBERNETES, "MASTER_PORT", "29511")))
        .contains(new Placement(new Seat(2, 4, "train-rank-0-0.train", 29511), 0));
  }

  @Test
  void shouldBeginWithWhatIsWithinTheOthers() {
    Map<String, String> all = new HashMap<>(KUBERNETES);
    all.putAll(SLURM);
    all.putAll(TORCHRUN);

    assertThat(Placement.of(all).orElseThrow().seat())
        .isEqualTo(new Seat(5, 8, "trainer-0.radstream", 29400));
  }

  @Test
  void shouldBeAloneWhereNobodySaysOtherwise() {
    assertThat(Placement.of(Map.of())).isEmpty();
    assertThat(Placement.of(Map.of("RANK", " "))).isEmpty();
    assertThat(Placement.of(Map.of("JOB_COMPLETION_INDEX", "3"))).isEmpty();
    assertThat(Placement.of(Map.of("SLURM_PROCID", "0", "SLURM_NTASKS", "1"))).isEmpty();
    assertThat(Placement.of(with(TORCHRUN, "RANK", "0", "WORLD_SIZE", "1"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"})
  void shouldSayWhatIsMissing(String name) {
    assertThatThrownBy(() -> Placement.of(without(TORCHRUN, name)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageEndingWith("but %s is not set", name);
  }

  @Test
  void shouldSayWhatIsMissingOfSlurmAndOfKubernetes() {
    assertThatThrownBy(() -> Placement.of(without(SLURM, "SLURM_NTASKS")))
        .hasMessageEndingWith("but SLURM_NTASKS is not set");
    assertThatThrownBy(() -> Placement.of(without(SLURM, "SLURM_JOB_ID")))
        .hasMessageEndingWith("but SLURM_JOB_ID is not set");
    assertThatThrownBy(
            () ->
                Placement.of(
                    without(without(SLURM, "SLURM_JOB_NODELIST"), "SLURM_LAUNCH_NODE_IPADDR")))
        .hasMessageEndingWith("but SLURM_JOB_NODELIST is not set");
    assertThatThrownBy(() -> Placement.of(without(KUBERNETES, "MASTER_ADDR")))
        .hasMessageEndingWith("but MASTER_ADDR is not set");
  }

  @Test
  void shouldSayWhatIsWrong() {
    assertThatThrownBy(() -> Placement.of(with(TORCHRUN, "RANK", "8")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("RANK, WORLD_SIZE: rank 8 is not among the 8 ranks from 0 to 7");
    assertThatThrownBy(() -> Placement.of(with(TORCHRUN, "MASTER_PORT", "many")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("MASTER_PORT is 'many', and no number");
    assertThatThrownBy(() -> Placement.of(with(TORCHRUN, "MASTER_PORT", "70000")))
        .hasMessageContaining("70000 is no port to meet at");
  }
}
