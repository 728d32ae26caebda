package io.radstream.cli.ranks;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All ranks of a run on this machine. Where one goes, the others end by themselves, or are ended,
 * and all are started again: the run goes on behind its last checkpoint, and what the ledger has of
 * later steps is compared.
 */
public final class RankGroup {

  /** That a rank ends with where it would help to start all again. */
  public static final int START_AGAIN = 75;

  /**
   * Set in the environment of rank 0: a signal may come from here that it has had from whoever sent
   * it here, too.
   */
  public static final String PASSES_ON_STOPS = "RADSTREAM_PASSES_ON_STOPS";

  private static final Logger LOG = LoggerFactory.getLogger(RankGroup.class);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** A group that has lived so long has its restarts again. */
  private static final Duration STEADY = Duration.ofMinutes(10);

  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final List<Integer> ASKED_TO_STOP = List.of(130, 143);

  /**
   * @param first command of every rank, but for which one it is
   * @param again the same for a run that has begun before
   * @param restarts at most, without a group between that has lived for long
   * @param patience until ranks that are left have ended by themselves; rank 0 is then asked to
   * @param checkpoint until rank 0 has ended, which may be writing one
   */
  public record Plan(
      List<String> first,
      List<String> again,
      int world,
      int restarts,
      Duration patience,
      Duration checkpoint) {

    public Plan {
      first = List.copyOf(first);
      again = List.copyOf(again);
    }
  }

  private final Plan plan;
  private final PrintWriter err;
  private volatile boolean stopRequested;

  /** Whether rank 0 was asked from here to end, so that all can be started again. */
  private boolean ended;

  private volatile List<RankProcess> ranks = List.of();

  /**
   * @param err for what others than rank 0 say
   */
  public RankGroup(Plan plan, PrintWriter err) {
    this.plan = plan;
    this.err = err;
  }

  /** Has the run end with a checkpoint; from any thread. */
  public void requestStop() {
    stopRequested = true;
    ranks.stream().filter(rank -> rank.rank() == 0).forEach(RankProcess::stop);
  }

  /**
   * @return exit code of the run
   */
  public int run() throws IOException, InterruptedException {
    int restarts = 0;
    boolean restarted = false;
    while (true) {
      long began = System.nanoTime();
      OptionalInt code = once(restarted ? plan.again() : plan.first());
      restarted = true;
      if (code.isPresent()) {
        return code.getAsInt();
      }
      restarts = System.nanoTime() - began > STEADY.toNanos() ? 1 : restarts + 1;
      if (stopRequested || restarts > plan.restarts()) {
        return START_AGAIN;
      }
      LOG.warn(
          "all {} ranks start again, for the {}. time of at most {}",
          plan.world(),
          restarts,
          plan.restarts());
    }
  }

  /** Empty where to start again would help. */
  private OptionalInt once(List<String> command) throws IOException, InterruptedException {
    ended = false;
    ranks = start(command);
    if (stopRequested) {
      requestStop();
    }
    try {
      while (ranks.stream().allMatch(RankProcess::isAlive)) {
        TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      }
      awaitEnds(System.nanoTime());
    } finally {
      for (RankProcess rank : ranks) {
        rank.kill();
      }
    }
    return outcome();
  }

  private void awaitEnds(long began) throws InterruptedException {
    RankProcess first = ranks.get(0);
    if (isHopeless() && !endsWithin(SHORT, began, first)) {
      end(first);
    }
    for (int rank = plan.world() - 1; rank > 0; rank--) {
      endOrKill(isHopeless() ? SHORT : plan.patience(), began, ranks.get(rank));
    }
    if (isLost() && !endsWithin(plan.patience(), began, first)) {
      end(first);
    }
    endOrKill(plan.checkpoint(), began, first);
  }

  /** It may not know of the one that has gone, as where that had not come to it yet. */
  private void end(RankProcess first) {
    if (!ended && !stopRequested) {
      ended = true;
      first.stop();
    }
  }

  private static void endOrKill(Duration most, long began, RankProcess rank)
      throws InterruptedException {
    if (!endsWithin(most, began, rank)) {
      LOG.warn("rank {} does not end by itself, and is killed", rank.rank());
      rank.kill();
    }
  }

  private static boolean endsWithin(Duration most, long began, RankProcess rank)
      throws InterruptedException {
    Duration left = most.minusNanos(System.nanoTime() - began);
    return rank.ends(left.isNegative() ? Duration.ZERO : left);
  }

  /** Whether one has ended before the run has. */
  private boolean isLost() {
    return ranks.stream().anyMatch(rank -> !rank.isAlive() && rank.code() != 0);
  }

  /** Whether one cannot do what it is told. */
  private boolean isHopeless() {
    return ranks.stream().anyMatch(rank -> !rank.isAlive() && isFinal(rank.code()));
  }

  private static boolean isFinal(int code) {
    return code == FAILED || code == WRONG_USAGE;
  }

  private List<RankProcess> start(List<String> words) throws IOException {
    String place = "127.0.0.1:" + freePort();
    List<RankProcess> started = new ArrayList<>();
    for (int rank = 0; rank < plan.world(); rank++) {
      List<String> command = new ArrayList<>(words);
      command.addAll(List.of("--rank=" + rank, "--rendezvous=" + place));
      Map<String, String> environment = new HashMap<>();
      environment.put("LOCAL_RANK", Integer.toString(rank));
      if (rank == 0) {
        environment.put(PASSES_ON_STOPS, "true");
      }
      started.add(RankProcess.start(rank, command, environment, err));
    }
    return List.copyOf(started);
  }

  /** Of this machine's loopback address. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private OptionalInt outcome() {
    int first = ranks.get(0).code();
    boolean asked = ASKED_TO_STOP.contains(first) && (stopRequested || !(ended || isHopeless()));
    if (first == 0 || asked) {
      return OptionalInt.of(first);
    }
    ranks.stream()
        .filter(rank -> rank.code() != 0)
        .forEach(rank -> LOG.warn("rank {} has ended with code {}", rank.rank(), rank.code()));
    return ranks.stream().mapToInt(RankProcess::code).filter(RankGroup::isFinal).findFirst();
  }
}
