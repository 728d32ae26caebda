package io.radstream.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.radstream.serving.fleet.Verdict;
import io.radstream.serving.score.FakeNetwork;
import io.radstream.serving.score.TestImages;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotSwapTest {

  private static final int CLIENTS = 4;
  private static final int SWAPS = 20;

  @TempDir private Path uploads;

  @Test
  void shouldAnswerEveryRequestWhileModelsAreSwapped() {
    List<FakeNetwork> networks = new ArrayList<>();
    List<HttpResponse<String>> responses =
        java.util.Collections.synchronizedList(new ArrayList<>());
    try (RunningApi running = ApiSetup.in(uploads).start()) {
      swap(running, networks);
      AtomicBoolean done = new AtomicBoolean();
      HttpRequest request = running.files("/v1/score", TestImages.white());
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            CompletableFuture.runAsync(
                () -> {
                  while (!done.get()) {
                    responses.add(running.send(request));
                  }
                },
                task -> new Thread(task, "client").start()));
      }

      while (networks.size() < SWAPS) {
        int seen = responses.size();
        swap(running, networks);
        while (responses.size() <= seen) {
          Moment.pass();
        }
      }
      done.set(true);
      clients.forEach(CompletableFuture::join);

      assertThat(running.fleet.hotLoads()).isEqualTo(SWAPS);
      assertThat(networks.subList(0, SWAPS - 1)).extracting(FakeNetwork::closed).containsOnly(1);
      assertThat(networks.get(SWAPS - 1).closed()).isZero();
    }
    assertThat(responses).extracting(HttpResponse::statusCode).containsOnly(200);
    assertThat(networks).extracting(FakeNetwork::closed).containsOnly(1);
  }

  @Test
  void shouldFinishARequestOnTheModelThatItBeganWith() throws Exception {
    FakeNetwork old = new FakeNetwork();
    try (RunningApi running = ApiSetup.in(uploads).start()) {
      running.fleet.carryOut(FakeNetwork.model("old", old), new Verdict.Promote("test"));
      CountDownLatch gate = old.shut();
      CompletableFuture<HttpResponse<String>> request =
          running.sendAsync(running.files("/v1/score", TestImages.white()));
      old.awaitEntered();

      running.fleet.carryOut(
          FakeNetwork.model("new", new FakeNetwork()), new Verdict.Promote("test"));
      int closedInFlight = old.closed();
      gate.countDown();

      assertThat(RunningApi.json(request.join()).at("/checkpoint/id").asText()).isEqualTo("old");
      assertThat(closedInFlight).isZero();
      assertThat(
              RunningApi.json(running.postFiles("/v1/score", TestImages.white()))
                  .at("/checkpoint/id")
                  .asText())
          .isEqualTo("new");
      assertThat(old.closed()).isEqualTo(1);
    }
  }

  private static void swap(RunningApi running, List<FakeNetwork> networks) {
    FakeNetwork network = new FakeNetwork();
    networks.add(network);
    running.fleet.carryOut(
        FakeNetwork.model("line-" + networks.size(), network), new Verdict.Promote("test"));
  }
}
