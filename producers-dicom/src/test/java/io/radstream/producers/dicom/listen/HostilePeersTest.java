package io.radstream.producers.dicom.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.dicom.SmallJava;
import io.radstream.producers.dicom.listen.ListenConfig.Limits;
import io.radstream.producers.dicom.listen.ListenConfig.Timeouts;
import io.radstream.radiology.CounterRandom;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a peer does, the next one is served. */
class HostilePeersTest {

  /** Room for no more than one data set of the largest size. */
  private static final Limits TIGHT = new Limits(16, 1 << 20, 1 << 20);

  private static Running running(Limits limits, Timeouts timeouts) {
    return new Running(
        HeldSink.acknowledging(), Running.config(List.of(), limits, timeouts, Optional.empty()));
  }

  private static Running running() {
    return running(TIGHT, Timeouts.DEFAULT);
  }

  /** As large as a data set may be here, so that nothing else may hold memory. */
  private static void assertServed(Running running, String uid) {
    ChestImage large = new ChestImage(uid, "A1", "CHEST", 720);
    try (Scu scu = Scu.associated(running.port())) {
      scu.store(1, large);
      assertThat(scu.readResponse().status()).isZero();
      scu.requestRelease();
      assertThat(scu.read().type()).isEqualTo(Scu.RELEASE_REPLY);
    }
  }

  static Stream<Arguments> nonsense() {
    byte[] accept = Scu.pdu(2, new byte[100]);
    byte[] endless = {4, 0, -1, -1, -1, -1, 0, 0, 0, 1};
    byte[] longRequest = {1, 0, 0x10, 0, 0, 0, 0, 1};
    return Stream.of(
        Arguments.of(
            "another protocol", "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
        Arguments.of("an answer to nothing", accept),
        Arguments.of("data before a request", Scu.fragment(1, true, true, new byte[8])),
        Arguments.of("a PDU of 4 GiB", endless),
        Arguments.of("a request of 256 MiB", longRequest),
        Arguments.of("a request without content", Scu.pdu(1, new byte[70])));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nonsense")
  void shouldAnswerNonsenseWithAnAbortOrARejection(String what, byte[] nonsense) {
    try (Running running = running();
        Scu scu = Scu.connect(running.port())) {

      scu.send(nonsense);

      assertThat(scu.read().type()).isIn(Scu.ABORT, Scu.REJECT);
      assertServed(running, "1.2.1");
    }
  }

  static Stream<Arguments> brokenMessages() {
    byte[] command = Scu.storeCommand(1, "1.2.7");
    byte[] wrongLength = command.clone();
    wrongLength[20] = 0x7F;
    byte[] response = Scu.command(0x8001, 1, ChestImage.DIGITAL_XRAY, "1.2.7", false);
    return Stream.of(
        Arguments.of("a context that was not accepted", Scu.fragment(9, true, true, command)),
        Arguments.of("a data set without command", Scu.fragment(3, false, true, new byte[9])),
        Arguments.of("a length beyond the command", Scu.fragment(3, true, true, wrongLength)),
        Arguments.of("half a command", Scu.fragment(3, true, true, Arrays.copyOf(command, 31))),
        Arguments.of("an empty command", Scu.fragment(3, true, true, new byte[0])),
        Arguments.of("a command of 20 KB", Scu.fragment(3, true, false, new byte[20_000])),
        Arguments.of("a response to nothing", Scu.fragment(3, true, true, response)),
        Arguments.of("a fragment beyond its PDU", Scu.pdu(4, new byte[] {0, 0, 9, 9, 3, 3})),
        Arguments.of("a fragment of -2 bytes", Scu.pdu(4, new byte[] {-1, -1, -1, -2, 3, 3})),
        Arguments.of("a second request", Scu.request("RADSTREAM", "SCU", -1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenMessages")
  void shouldAbortAnAssociationThatBreaksTheProtocol(String what, byte[] message) {
    try (Running running = running();
        Scu scu = Scu.associated(running.port())) {

      scu.send(message);

      assertThat(scu.read().type()).isEqualTo(Scu.ABORT);
      assertServed(running, "1.2.1");
    }
  }

  @Test
  void shouldAbortAReleaseWithinADataSet() {
    try (Running running = running();
        Scu scu = Scu.associated(running.port())) {
      scu.send(Scu.fragment(Scu.STORE_CONTEXT, true, true, Scu.storeCommand(1, "1.2.7")));

      scu.requestRelease();

      assertThat(scu.read().type()).isEqualTo(Scu.ABORT);
    }
  }

  @Test
  void shouldPassOverADataSetThatIsTooLargeAndGoOn() {
    try (Running running = running();
        Scu scu = Scu.associated(running.port())) {

      scu.store(1, "1.2.7", new byte[3 << 20]);

      assertThat(scu.readResponse().status()).isEqualTo(0xC001);
      scu.store(2, ChestImage.of("1.2.8", "A1"));
      assertThat(scu.readResponse().status()).isZero();
    }
  }

  @Test
  void shouldNotAskAgainForWhatTheHeapHasNoRoomForAndGoOn() throws Exception {
    List<String> printed = SmallJava.run(64, SmallListener.class);

    assertThat(printed)
        .filteredOn(line -> line.startsWith("status"))
        .containsExactly("status C001", "status 0000");
  }

  @Test
  void shouldLetPeersWaitWhereMemoryIsShort() {
    try (Running running = running()) {
      List<CompletableFuture<Integer>> senders =
          IntStream.range(0, 8)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> sendLarge(running, "1.2.9." + i)))
              .toList();

      List<Integer> statuses = senders.stream().map(CompletableFuture::join).toList();

      assertThat(statuses).hasSize(8).containsOnly(0);
      assertServed(running, "1.2.1");
    }
  }

  private static int sendLarge(Running running, String uid) {
    try (Scu scu = Scu.associated(running.port())) {
      scu.store(1, new ChestImage(uid, "A1", "CHEST", 720));
      return scu.readResponse().status();
    }
  }

  @Test
  void shouldTakeADataSetByteByByteInNoMoreMemoryThanAnyOther() {
    try (Running running = running();
        Scu scu = Scu.associated(running.port())) {
      byte[] dataSet = ChestImage.of("1.2.7", "A1").dataSet();
      scu.send(Scu.fragment(Scu.STORE_CONTEXT, true, true, Scu.storeCommand(1, "1.2.7")));

      scu.sendDataSet(dataSet, 1);

      assertThat(scu.readResponse().status()).isZero();
    }
  }

  @Test
  void shouldServeBesideManyConnectionsThatSayNothing() {
    List<Scu> silent = new ArrayList<>();
    try (Running running = running()) {
      for (int i = 0; i < 200; i++) {
        silent.add(Scu.connect(running.port()));
      }

      assertServed(running, "1.2.1");

      // The oldest had to go for the newest.
      assertThat(silent.get(0).read().type()).isEqualTo(Scu.CLOSED);
      silent.forEach(Scu::close);
    }
  }

  @Test
  void shouldCloseAConnectionThatSaysNothing() {
    try (Running running = running(TIGHT, Running.runningOut(true, false, false));
        Scu scu = Scu.connect(running.port())) {

      scu.send(new byte[] {1, 0, 0});

      assertThat(scu.read().type()).isEqualTo(Scu.CLOSED);
    }
  }

  @Test
  void shouldAbortAnAssociationThatIsIdle() {
    try (Running running = running(TIGHT, Running.runningOut(false, true, false));
        Scu scu = Scu.associated(running.port())) {

      assertThat(scu.read().type()).isEqualTo(Scu.ABORT);
    }
  }

  @Test
  void shouldAbortADataSetThatDoesNotEnd() {
    try (Running running = running(TIGHT, Running.runningOut(false, false, true));
        Scu scu = Scu.associated(running.port())) {
      scu.send(Scu.fragment(Scu.STORE_CONTEXT, true, true, Scu.storeCommand(1, "1.2.7")));

      scu.send(Scu.fragment(Scu.STORE_CONTEXT, false, false, new byte[90_000]));

      assertThat(scu.read().type()).isEqualTo(Scu.ABORT);
    }
  }

  @Test
  void shouldCutOffAPeerThatTakesNoAnswers() {
    try (Running running = running(TIGHT, Running.runningOut(false, true, false));
        Scu scu = Scu.associated(running.port())) {

      byte[] echo = Scu.command(0x0030, 1, Scu.VERIFICATION, "", false);
      byte[] one = Scu.fragment(Scu.ECHO_CONTEXT, true, true, echo);
      byte[] many = new byte[10_000 * one.length];
      for (int i = 0; i < many.length; i++) {
        many[i] = one[i % one.length];
      }

      // Until neither end's buffers take any more.
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 400; i++) {
                  scu.send(many);
                }
              })
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void shouldSurviveDamagedConversations() {
    byte[] conversation = conversation();
    try (Running running = running()) {
      for (int i = 0; i < 400; i++) {
        say(running, damaged(conversation, CounterRandom.of(17, "damaged", i)));
      }

      assertServed(running, "1.2.1");
    }
  }

  /** An association with an echo and two instances, whole. */
  private static byte[] conversation() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(Scu.request("RADSTREAM", "SCU", 2));
    byte[] echo = Scu.command(0x0030, 9, Scu.VERIFICATION, "", false);
    all.writeBytes(Scu.fragment(Scu.ECHO_CONTEXT, true, true, echo));
    for (int i = 1; i <= 2; i++) {
      String uid = "1.2.8." + i;
      byte[] dataSet = ChestImage.of(uid, "A1").dataSet();
      all.writeBytes(Scu.fragment(Scu.STORE_CONTEXT, true, true, Scu.storeCommand(i, uid)));
      int half = dataSet.length / 2;
      byte[] first = Arrays.copyOf(dataSet, half);
      byte[] second = Arrays.copyOfRange(dataSet, half, dataSet.length);
      all.writeBytes(Scu.fragment(Scu.STORE_CONTEXT, false, false, first));
      all.writeBytes(Scu.fragment(Scu.STORE_CONTEXT, false, true, second));
    }
    all.writeBytes(Scu.pdu(5, new byte[4]));
    return all.toByteArray();
  }

  /** Some bytes changed, most of them in what is about lengths and kinds; or the end missing. */
  private static byte[] damaged(byte[] whole, CounterRandom random) {
    byte[] damaged = whole.clone();
    int changes = random.nextInt(6);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(random.nextBoolean() ? damaged.length : 700);
      damaged[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : 0xFF);
    }
    boolean cut = changes == 0 || random.nextInt(3) == 0;
    return cut ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged;
  }

  private static void say(Running running, byte[] bytes) {
    try (Scu scu = Scu.connect(running.port())) {
      scu.send(bytes);
      scu.endOfSpeech();
      while (scu.read().type() != Scu.CLOSED) {
        // Whatever it answers.
      }
    } catch (UncheckedIOException e) {
      // Cut off in the middle: its right.
    }
  }
}
