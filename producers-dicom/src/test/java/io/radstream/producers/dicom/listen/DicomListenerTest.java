package io.radstream.producers.dicom.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.dicom.listen.HeldSink.Held;
import io.radstream.producers.dicom.listen.ListenConfig.Limits;
import io.radstream.producers.dicom.listen.Scu.Proposal;
import io.radstream.producers.dicom.listen.Scu.Response;
import io.radstream.producers.publish.Mark;
import io.radstream.producers.publish.Origin;
import io.radstream.producers.publish.StudyPart.Image;
import io.radstream.producers.publish.StudyPart.RawView;
import io.radstream.radiology.image.GrayImage;
import io.radstream.schemas.RejectionReason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DicomListenerTest {

  private static final int STORE_RESPONSE = 0x8001;
  private static final int ECHO_RESPONSE = 0x8030;

  private static Response stored(int messageId, int status) {
    return new Response(Scu.STORE_CONTEXT, STORE_RESPONSE, messageId, status);
  }

  private static Response echoed(int messageId) {
    return new Response(Scu.ECHO_CONTEXT, ECHO_RESPONSE, messageId, 0);
  }

  @Test
  void shouldAnswerWithSuccessOnlyOnceTheClusterHasIt() {
    HeldSink cluster = HeldSink.holding();
    try (Running running = new Running(cluster);
        Scu scu = Scu.associated(running.port())) {
      scu.store(1, ChestImage.of("1.2.7", "A1"));
      Held held = cluster.next();

      // What is answered in between would come behind an answer that was too early.
      scu.echo(2);
      Response first = scu.readResponse();
      held.acknowledge();
      Response second = scu.readResponse();

      assertThat(first).isEqualTo(echoed(2));
      assertThat(second).isEqualTo(stored(1, 0x0000));
    }
  }

  @Test
  void shouldHandOverTheRadiographAsItWasSent() throws Exception {
    HeldSink cluster = HeldSink.acknowledging();
    try (Running running = new Running(cluster);
        Scu scu = Scu.associated(running.port())) {
      scu.store(1, ChestImage.of("1.2.7", "A1"));
      scu.readResponse();

      Held held = cluster.next();

      RawView view = held.part().views().get(0);
      GrayImage picture = ((Image.Deferred) view.image()).reader().read();
      assertThat(view.key()).isEqualTo("1.2.7");
      assertThat(held.consignment().origin()).isEqualTo(new Origin("1.2.7", "SCU@127.0.0.1"));
      assertThat(held.part().study()).contains("A1");
      assertThat(picture.width()).isEqualTo(40);
      assertThat(held.consignment().marks()).extracting(Mark::key).containsExactly("view/1.2.7");
    }
  }

  @Test
  void shouldPublishWhatComesTwiceOnce() {
    HeldSink cluster = HeldSink.acknowledging();
    try (Running running = new Running(cluster);
        Scu scu = Scu.associated(running.port())) {
      scu.store(1, ChestImage.of("1.2.7", "A1"));
      scu.readResponse();

      scu.store(2, ChestImage.of("1.2.7", "A1"));
      Response again = scu.readResponse();

      assertThat(again).isEqualTo(stored(2, 0x0000));
      assertThat(cluster.untaken()).isEqualTo(1);
    }
  }

  @Test
  void shouldPublishOnceWhatIsSentAgainWhileItIsOnItsWay() {
    HeldSink cluster = HeldSink.holding();
    try (Running running = new Running(cluster);
        Scu impatient = Scu.associated(running.port());
        Scu again = Scu.associated(running.port())) {
      impatient.store(1, ChestImage.of("1.2.7", "A1"));
      Held held = cluster.next();
      again.store(1, ChestImage.of("1.2.7", "A1"));
      again.store(2, ChestImage.of("1.2.8", "A1"));

      held.acknowledge();

      assertThat(impatient.readResponse()).isEqualTo(stored(1, 0x0000));
      assertThat(again.readResponse()).isEqualTo(stored(1, 0x0000));
      Held other = cluster.next();
      assertThat(other.part().views().get(0).key()).isEqualTo("1.2.8");
      other.acknowledge();
      assertThat(again.readResponse()).isEqualTo(stored(2, 0x0000));
    }
  }

  @Test
  void shouldAskForItAgainWhereTheClusterFailed() {
    HeldSink cluster = HeldSink.holding();
    try (Running running = new Running(cluster);
        Scu scu = Scu.associated(running.port())) {
      scu.store(1, ChestImage.of("1.2.7", "A1"));

      cluster.next().receipt().failed("TimeoutException");
      Response failed = scu.readResponse();
      scu.store(2, ChestImage.of("1.2.7", "A1"));
      cluster.next().acknowledge();
      Response second = scu.readResponse();

      assertThat(failed).isEqualTo(stored(1, 0xA700));
      assertThat(second).isEqualTo(stored(2, 0x0000));
    }
  }

  @Test
  void shouldFailWhatCannotBeDecoded() {
    HeldSink cluster = HeldSink.holding();
    try (Running running = new Running(cluster);
        Scu scu = Scu.associated(running.port())) {
      scu.store(1, ChestImage.of("1.2.7", "A1"));

      cluster.next().receipt().refused(RejectionReason.UNDECODABLE_IMAGE, "damaged");

      assertThat(scu.readResponse()).isEqualTo(stored(1, 0xC000));
    }
  }

  @Test
  void shouldLetASenderGoOnWhereTheImageIsNotWanted() {
    HeldSink cluster = HeldSink.acknowledging();
    try (Running running = new Running(cluster);
        Scu scu = Scu.associated(running.port())) {

      scu.store(1, ChestImage.ofKnee("1.2.7"));

      assertThat(scu.readResponse()).isEqualTo(stored(1, 0xB006));
      assertThat(cluster.untaken()).isZero();
    }
  }

  @Test
  void shouldFailADataSetThatIsDamaged() {
    try (Running running = new Running(HeldSink.acknowledging());
        Scu scu = Scu.associated(running.port())) {
      byte[] whole = ChestImage.of("1.2.7", "A1").dataSet();

      scu.store(1, "1.2.7", Arrays.copyOf(whole, whole.length - 100));

      assertThat(scu.readResponse()).isEqualTo(stored(1, 0xC000));
    }
  }

  @Test
  void shouldFailADataSetOfAnotherInstance() {
    try (Running running = new Running(HeldSink.acknowledging());
        Scu scu = Scu.associated(running.port())) {

      scu.store(1, "1.2.8", ChestImage.of("1.2.7", "A1").dataSet());

      assertThat(scu.readResponse()).isEqualTo(stored(1, 0xA900));
    }
  }

  @Test
  void shouldMakeOneStudyOfWhatComesOverSeveralAssociations() {
    HeldSink cluster = HeldSink.holding();
    try (Running running = new Running(cluster);
        Scu first = Scu.associated(running.port());
        Scu second = Scu.associated(running.port())) {
      first.store(1, ChestImage.of("1.2.7", "A1"));
      second.store(1, ChestImage.of("1.2.8", "A1"));

      List<Held> both = List.of(cluster.next(), cluster.next());
      both.forEach(Held::acknowledge);

      assertThat(first.readResponse()).isEqualTo(stored(1, 0));
      assertThat(second.readResponse()).isEqualTo(stored(1, 0));
      Set<String> studies = both.stream().map(it -> it.part().study()).collect(Collectors.toSet());
      assertThat(studies).hasSize(1);
    }
  }

  @Test
  void shouldPublishAllTheSameWhereTheSenderHasGone() {
    HeldSink cluster = HeldSink.holding();
    try (Running running = new Running(cluster)) {
      Held held;
      try (Scu scu = Scu.associated(running.port())) {
        scu.store(1, ChestImage.of("1.2.7", "A1"));
        held = cluster.next();
      }
      held.acknowledge();

      try (Scu scu = Scu.associated(running.port())) {
        scu.store(1, ChestImage.of("1.2.7", "A1"));
        assertThat(scu.readResponse()).isEqualTo(stored(1, 0));
      }
      assertThat(cluster.untaken()).isZero();
    }
  }

  @Test
  void shouldDropHalfAnInstanceWithItsAssociation() {
    HeldSink cluster = HeldSink.acknowledging();
    try (Running running = new Running(cluster)) {
      byte[] whole = ChestImage.of("1.2.7", "A1").dataSet();
      try (Scu scu = Scu.associated(running.port())) {
        scu.send(Scu.fragment(Scu.STORE_CONTEXT, true, true, Scu.storeCommand(1, "1.2.7")));
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        scu.send(Scu.fragment(Scu.STORE_CONTEXT, false, false, half));
        scu.send(Scu.pdu(7, new byte[4]));
      }

      try (Scu scu = Scu.associated(running.port())) {
        scu.store(1, "1.2.7", whole);
        assertThat(scu.readResponse()).isEqualTo(stored(1, 0));
      }
      assertThat(cluster.untaken()).isEqualTo(1);
    }
  }

  @Test
  void shouldKeepSeveralOperationsOpenWhereAPeerAsksForThem() {
    HeldSink cluster = HeldSink.holding();
    try (Running running = new Running(cluster);
        Scu scu = Scu.associated(running.port(), 3)) {
      scu.store(1, ChestImage.of("1.2.1", "A1"));
      scu.store(2, ChestImage.of("1.2.2", "A1"));
      scu.store(3, ChestImage.of("1.2.3", "A1"));

      List<Held> all = List.of(cluster.next(), cluster.next(), cluster.next());
      all.forEach(Held::acknowledge);

      assertThat(Stream.of(scu.readResponse(), scu.readResponse(), scu.readResponse()))
          .containsExactlyInAnyOrder(stored(1, 0), stored(2, 0), stored(3, 0));
    }
  }

  @Test
  void shouldTakeACommandAndItsDataSetInOnePdu() {
    try (Running running = new Running(HeldSink.acknowledging());
        Scu scu = Scu.associated(running.port())) {
      byte[] command = Scu.fragment(3, true, true, Scu.storeCommand(1, "1.2.7"));
      byte[] data = Scu.fragment(3, false, true, ChestImage.of("1.2.7", "A1").dataSet());
      ByteBuffer both = ByteBuffer.allocate(command.length + data.length - 12);
      both.put(command, 6, command.length - 6).put(data, 6, data.length - 6);

      scu.send(Scu.pdu(Scu.DATA, both.array()));

      assertThat(scu.readResponse()).isEqualTo(stored(1, 0));
    }
  }

  @Test
  void shouldReleaseOnceAllIsAnswered() {
    HeldSink cluster = HeldSink.holding();
    try (Running running = new Running(cluster);
        Scu scu = Scu.associated(running.port(), 2)) {
      scu.store(1, ChestImage.of("1.2.7", "A1"));
      scu.requestRelease();

      cluster.next().acknowledge();

      assertThat(scu.readResponse()).isEqualTo(stored(1, 0));
      assertThat(scu.read().type()).isEqualTo(Scu.RELEASE_REPLY);
    }
  }

  @Test
  void shouldAcceptOnlyContextsThatItCanServe() {
    try (Running running = new Running(HeldSink.acknowledging());
        Scu scu = Scu.connect(running.port())) {
      scu.send(
          Scu.request(
              "RADSTREAM",
              "SCU",
              -1,
              List.of(
                  new Proposal(1, ChestImage.DIGITAL_XRAY, List.of("1.2.840.10008.1.2.4.103")),
                  new Proposal(3, "1.2.840.10008.5.1.4.1.1.2", List.of(Scu.IMPLICIT_LITTLE)),
                  new Proposal(
                      5,
                      ChestImage.DIGITAL_XRAY,
                      List.of(
                          "1.2.840.10008.1.2.4.103",
                          "1.2.840.10008.1.2.4.70",
                          Scu.IMPLICIT_LITTLE)))));

      Scu.Answer answer = scu.read();

      assertThat(answer.type()).isEqualTo(Scu.ACCEPT);
      assertThat(Contexts.of(answer.body()))
          .containsExactly(
              new Contexts.Result(1, 4, Scu.IMPLICIT_LITTLE),
              new Contexts.Result(3, 3, Scu.IMPLICIT_LITTLE),
              new Contexts.Result(5, 0, "1.2.840.10008.1.2.4.70"));
    }
  }

  @Test
  void shouldRejectWhoCallsAnotherTitle() {
    try (Running running = new Running(HeldSink.acknowledging());
        Scu scu = Scu.connect(running.port())) {

      scu.send(Scu.request("ARCHIVE", "SCU", -1));

      Scu.Answer answer = scu.read();
      assertThat(answer.type()).isEqualTo(Scu.REJECT);
      assertThat(answer.body()).containsExactly(0, 1, 1, 7);
    }
  }

  @Test
  void shouldRejectWhoIsNotOnTheList() {
    ListenConfig config = Running.config(List.of("CT_3", "SCU@127.0.0.9"), Running.ROOMY);
    try (Running running = new Running(HeldSink.acknowledging(), config);
        Scu unknown = Scu.connect(running.port());
        Scu elsewhere = Scu.connect(running.port());
        Scu known = Scu.connect(running.port())) {

      unknown.send(Scu.request("RADSTREAM", "EVE", -1));
      elsewhere.send(Scu.request("RADSTREAM", "SCU", -1));
      known.send(Scu.request("RADSTREAM", "CT_3", -1));

      assertThat(unknown.read().body()).containsExactly(0, 1, 1, 3);
      assertThat(elsewhere.read().body()).containsExactly(0, 1, 1, 3);
      assertThat(known.read().type()).isEqualTo(Scu.ACCEPT);
    }
  }

  @Test
  void shouldRefuseToListenToTheNetworkWithoutAList() {
    assertThatThrownBy(
            () ->
                new ListenConfig(
                    "0.0.0.0",
                    0,
                    new AeTitle("RADSTREAM"),
                    CallingPeers.of(List.of()),
                    Running.ROOMY,
                    ListenConfig.Timeouts.DEFAULT,
                    Optional.empty(),
                    UnwantedAnswer.WARNING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("who may send");
  }

  @Test
  void shouldRejectMoreAssociationsThanAllowedForNow() {
    ListenConfig config = Running.config(List.of(), new Limits(1, 1 << 20, 1 << 20));
    try (Running running = new Running(HeldSink.acknowledging(), config);
        Scu first = Scu.associated(running.port());
        Scu second = Scu.connect(running.port())) {

      second.send(Scu.request("RADSTREAM", "SCU", -1));

      assertThat(second.read().body()).containsExactly(0, 2, 3, 2);
      first.requestRelease();
      assertThat(first.read().type()).isEqualTo(Scu.RELEASE_REPLY);
      try (Scu third = Scu.associated(running.port())) {
        third.echo(1);
        assertThat(third.readResponse()).isEqualTo(echoed(1));
      }
    }
  }

  @Test
  void shouldAnswerOtherOperationsThatItHasNone() {
    try (Running running = new Running(HeldSink.acknowledging());
        Scu scu = Scu.associated(running.port())) {
      byte[] find = Scu.command(0x0020, 7, ChestImage.DIGITAL_XRAY, "", true);

      scu.send(Scu.fragment(Scu.STORE_CONTEXT, true, true, find));
      scu.sendDataSet(new byte[50_000], 16_000);

      assertThat(scu.readResponse()).isEqualTo(new Response(Scu.STORE_CONTEXT, 0x8020, 7, 0x0211));
    }
  }

  @Test
  void shouldEndIdleAssociationsAtOnceAndLetOthersFinish() {
    HeldSink cluster = HeldSink.holding();
    try (Running running = new Running(cluster);
        Scu idle = Scu.associated(running.port());
        Scu busy = Scu.associated(running.port())) {
      busy.store(1, ChestImage.of("1.2.7", "A1"));
      Held held = cluster.next();

      running.listener().close();

      assertThat(idle.read().type()).isEqualTo(Scu.ABORT);
      held.acknowledge();
      assertThat(busy.readResponse()).isEqualTo(stored(1, 0));
      busy.requestRelease();
      assertThat(busy.read().type()).isEqualTo(Scu.RELEASE_REPLY);
      busy.hangUp();
      idle.hangUp();
      running.awaitEnd();
    }
  }

  @Test
  void shouldAbortWhatIsStillUnderWayAfterTheTimeOfGrace() {
    HeldSink cluster = HeldSink.holding();
    ListenConfig config =
        Running.config(
            List.of(), Running.ROOMY, Running.runningOut(false, false, false), Optional.empty());
    try (Running running = new Running(cluster, config);
        Scu busy = Scu.associated(running.port())) {
      busy.store(1, ChestImage.of("1.2.7", "A1"));
      Held held = cluster.next();

      running.listener().close();

      assertThat(busy.read().type()).isEqualTo(Scu.ABORT);
      busy.hangUp();
      held.acknowledge();
      running.awaitEnd();
    }
  }
}
