package io.radstream.producers.dicom.listen;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** How the log names peers, which may call themselves anything. */
class NamedPeersTest {

  private static final String A_NAME = "MUELLER^HANS";

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger("io.radstream");

  @BeforeEach
  void listen() {
    log.start();
    root.setLevel(Level.DEBUG);
    root.addAppender(log);
  }

  @AfterEach
  void leave() {
    root.detachAppender(log);
    root.setLevel(null);
  }

  @Test
  void shouldNameAPeerThatIsNotAllowedByItsAddressAlone() {
    try (Running running = running(List.of("SCU@127.0.0.1"));
        Scu scu = Scu.connect(running.port())) {

      scu.send(Scu.request("RADSTREAM", A_NAME, -1));

      assertThat(scu.read().type()).isEqualTo(Scu.REJECT);
    }
    assertThat(told())
        .contains("127.0.0.1: no association: its title is not allowed from its address")
        .noneMatch(it -> it.contains(A_NAME));
  }

  @Test
  void shouldNameAPeerThatAnyTitleIsAllowedByItsAddressAlone() {
    try (Running running = running(List.of("*@127.0.0.1"));
        Scu scu = Scu.connect(running.port())) {

      scu.associate(Scu.request("RADSTREAM", A_NAME, -1));

      scu.send(Scu.pdu(4, new byte[] {0, 0, 9, 9, 3, 3}));
      assertThat(scu.read().type()).isEqualTo(Scu.ABORT);
    }
    assertThat(told())
        .anyMatch(it -> it.startsWith("127.0.0.1 does not keep to the protocol"))
        .anyMatch(it -> it.startsWith("association with 127.0.0.1 aborted"))
        .noneMatch(it -> it.contains(A_NAME));
  }

  @Test
  void shouldNameAPeerByTheTitleThatTheSiteGaveIt() {
    try (Running running = running(List.of("SCU@127.0.0.1", "OTHER"))) {
      try (Scu scu = Scu.associated(running.port())) {

        scu.requestRelease();

        assertThat(scu.read().type()).isEqualTo(Scu.RELEASE_REPLY);
      }
    }
    assertThat(told()).anyMatch(it -> it.startsWith("association with SCU@127.0.0.1 released"));
  }

  private static Running running(List<String> peers) {
    return new Running(HeldSink.acknowledging(), Running.config(peers, Running.ROOMY));
  }

  private List<String> told() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
