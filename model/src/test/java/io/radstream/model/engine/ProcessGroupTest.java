package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranks in one process, over sockets of this machine. */
class ProcessGroupTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(1);

  @BeforeAll
  static void startEngine() {
    TorchEngine.start(1);
  }

  private interface Exchanged<T> {
    T with(ProcessGroup group, NDManager manager) throws Exception;
  }

  private static <T> List<T> together(int world, Exchanged<T> work) throws Exception {
    return Ranks.together(Ranks.seats(world), seat -> as(seat, PATIENCE, work));
  }

  private static <T> T as(Seat seat, Duration timeout, Exchanged<T> work) throws Exception {
    try (NDManager manager = ComputeDevice.cpu().newManager();
        ProcessGroup group = ProcessGroup.open(manager, seat, timeout)) {
      return work.with(group, manager);
    }
  }

  @Test
  void shouldGiveEachTheRowsOfAll() throws Exception {
    List<float[]> own = List.of(new float[] {1, 2, 3, 4}, new float[0], new float[] {5, 6});

    List<ProcessGroup.Gathered> found = new ArrayList<>();
    List<float[]> all =
        together(
            own.size(),
            (group, manager) -> {
              float[] rows = own.get(group.seat().rank());
              ProcessGroup.Gathered gathered =
                  group.gather(manager.create(rows, new Shape(rows.length / 2, 2)));
              synchronized (found) {
                found.add(gathered);
              }
              return gathered.all().toFloatArray();
            });

    assertThat(all).allSatisfy(rows -> assertThat(rows).containsExactly(1, 2, 3, 4, 5, 6));
    assertThat(found.stream().map(ProcessGroup.Gathered::begin))
        .containsExactlyInAnyOrder(0L, 2L, 2L);
  }

  @Test
  void shouldGatherNothingWhereNobodyHasRows() throws Exception {
    List<Shape> all =
        together(
            2, (group, manager) -> group.gather(manager.create(new Shape(0, 3))).all().getShape());

    assertThat(all).containsOnly(new Shape(0, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void shouldAddNeighboursFirst(int world) throws Exception {
    List<List<float[]>> own =
        IntStream.range(0, world)
            .mapToObj(rank -> List.of(random(rank, 13), random(-rank, 4)))
            .toList();

    List<List<float[]>> sums =
        together(
            world,
            (group, manager) -> {
              List<float[]> values = own.get(group.seat().rank());
              NDArray first = manager.create(values.get(0));
              // In memory, a column after a column.
              NDArray turned = manager.create(values.get(1), new Shape(2, 2)).transpose();
              NDArray third = first.duplicate();
              NDArray wide = manager.create(new double[] {0.1 * (group.seat().rank() + 1)});
              GroupSums adding = GroupSums.exact(group);
              begin(adding, first, turned);
              begin(adding, wide);
              begin(adding, third);
              adding.finish();
              assertThat(wide.toDoubleArray()[0]).isEqualTo(tenths(world));
              assertThat(third).isEqualTo(first);
              return List.of(first.toFloatArray(), turned.transpose().toFloatArray());
            });

    for (int i = 0; i < 2; i++) {
      int at = i;
      float[] expected = sum(own.stream().map(values -> values.get(at)).toList());
      assertThat(sums).allSatisfy(found -> assertThat(found.get(at)).isEqualTo(expected));
    }
  }

  @Test
  void shouldRoundEachSumOfTwo() throws Exception {
    // 1 + 2^-8 is between two numbers of bfloat16, and so is each of its sums with 2^-7.
    List<float[]> sums =
        together(
            4,
            (group, manager) -> {
              float own = group.seat().rank() == 0 ? 1 : 0x1p-8f;
              NDArray array = manager.create(new float[] {own, 256, own, own, own, own, own});
              GroupSums adding = GroupSums.rounded(group);
              begin(adding, array);
              adding.finish();
              return array.toFloatArray();
            });

    // (1 + 2^-8) to 1, (2^-8 + 2^-8) to 2^-7; 1 + 2^-7 is a number of bfloat16.
    assertThat(sums).allSatisfy(found -> assertThat(found).startsWith(1 + 0x1p-7f, 1024));
  }

  @Test
  void shouldAddInWhateverOrder() throws Exception {
    List<float[]> sums =
        together(
            3,
            (group, manager) -> {
              NDArray array = manager.create(new float[] {group.seat().rank(), 1, 2, 3, 4, 5, 6});
              NDArray other = manager.create(new float[] {group.seat().rank()});
              GroupSums adding = GroupSums.fast(group);
              begin(adding, array, other);
              adding.finish();
              return array.concat(other).toFloatArray();
            });

    assertThat(sums)
        .allSatisfy(found -> assertThat(found).containsExactly(3, 3, 6, 9, 12, 15, 18, 3));
  }

  private static void begin(GroupSums sums, NDArray... arrays) {
    try (IValue list = IValue.listFrom(Arrays.copyOf(arrays, arrays.length, PtNDArray[].class))) {
      sums.add(list);
    }
  }

  private static float[] random(int seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] sum(List<float[]> shares) {
    if (shares.size() == 1) {
      return shares.get(0);
    }
    List<float[]> halves = new ArrayList<>();
    for (int i = 0; i < shares.size(); i += 2) {
      float[] sum = shares.get(i).clone();
      for (int at = 0; i + 1 < shares.size() && at < sum.length; at++) {
        sum[at] += shares.get(i + 1)[at];
      }
      halves.add(sum);
    }
    return sum(halves);
  }

  private static double tenths(int world) {
    double[] own = IntStream.rangeClosed(1, world).mapToDouble(i -> 0.1 * i).toArray();
    return switch (world) {
      case 1 -> own[0];
      case 2 -> own[0] + own[1];
      case 3 -> (own[0] + own[1]) + own[2];
      default -> (own[0] + own[1]) + (own[2] + own[3]);
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void shouldSumNumbersAndTellWhatTheFirstHas(int world) throws Exception {
    byte[] decided = "studies 17 to 32 \u00ff".getBytes(StandardCharsets.UTF_8);

    List<Double> sums =
        together(
            world,
            (group, manager) -> {
              group.barrier();
              boolean first = group.seat().isFirst();
              assertThat(group.broadcast(first ? decided : new byte[] {1})).isEqualTo(decided);
              assertThat(group.broadcast(new byte[0])).isEmpty();
              assertThat(group.isAlone()).isEqualTo(world == 1);
              return group.sum(0.1 * (group.seat().rank() + 1));
            });

    assertThat(sums).containsOnly(tenths(world));
  }

  @Test
  void shouldTellWhoHasNotComeAndRefuseOneOfAnotherWorld() throws Exception {
    Seat first = Ranks.seats(4).get(0);
    List<Seat> seats =
        List.of(
            first,
            new Seat(1, 4, first.host(), first.port()),
            new Seat(2, 3, first.host(), first.port()));

    List<Throwable> failures =
        Ranks.together(
            seats, seat -> catchThrowable(() -> as(seat, SHORT, (group, manager) -> true)));

    assertThat(failures).allSatisfy(one -> assertThat(one).isInstanceOf(GroupException.class));
    assertThat(failures.get(0))
        .hasMessageStartingWith("of 4 ranks, these have not come to 127.0.0.1:")
        .hasMessageEndingWith(" within 1.0 s: 2, 3");
    assertThat(failures.get(1)).hasMessageStartingWith("rank 1 of 4: rank 0 has not answered");
    assertThat(failures.get(2)).hasMessage("rank 2 of 3 is refused by rank 0, which is one of 4");
  }

  @Test
  void shouldGoOnWaitingForOneWhoHasGoneAgain() throws Exception {
    List<Seat> seats = Ranks.seats(3);
    CountDownLatch gone = new CountDownLatch(1);

    List<Double> sums =
        Ranks.together(
            seats,
            seat -> {
              if (seat.rank() == 1) {
                comeAndGo(seat);
                gone.countDown();
              } else if (seat.rank() == 2) {
                gone.await();
              }
              return as(seat, PATIENCE, (group, manager) -> group.sum(seat.rank()));
            });

    assertThat(sums).containsOnly(3.0);
  }

  /** A stranger, then one that greets as a rank does, dies, and is started again. */
  private static void comeAndGo(Seat seat) throws Exception {
    for (byte[] greeting :
        List.of(
            "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            new byte[] {0x52, 0x61, 0x64, 0x53, 0, 0, 0, 1, 0, 0, 0, 3})) {
      Socket socket = null;
      while (socket == null) {
        try {
          socket = new Socket(seat.host(), seat.port());
        } catch (java.net.ConnectException e) {
          Thread.onSpinWait();
        }
      }
      socket.getOutputStream().write(greeting);
      socket.close();
    }
  }

  @Test
  void shouldNotMeetWhereAnotherListens() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Seat seat = new Seat(0, 2, "127.0.0.1", taken.getLocalPort());

      assertThatThrownBy(() -> as(seat, SHORT, (group, manager) -> true))
          .isInstanceOf(GroupException.class)
          .hasMessageContaining("rank 0 cannot wait for the others at 127.0.0.1:");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldTellTheOthersWhereOneGoesOrSaysNothing(boolean goes) throws Exception {
    CountDownLatch told = new CountDownLatch(2);

    List<Throwable> failures =
        Ranks.together(
            Ranks.seats(3),
            seat ->
                as(
                    seat,
                    goes ? PATIENCE : SHORT,
                    (group, manager) -> {
                      group.barrier();
                      if (seat.rank() == 2) {
                        if (goes) {
                          group.close();
                        }
                        told.await();
                        return null;
                      }
                      Throwable failure = catchThrowable(() -> group.sum(1));
                      told.countDown();
                      return failure;
                    }));

    assertThat(failures.subList(0, 2))
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isInstanceOf(GroupException.class)
                    .hasMessageContaining(
                        goes
                            ? "another rank has gone"
                            : "another rank has not answered for 1.0 s"));
  }
}
