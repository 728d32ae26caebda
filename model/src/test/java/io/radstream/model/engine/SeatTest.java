package io.radstream.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class SeatTest {

  @Test
  void shouldWaitAtAllAddressesWhereItsNameIsKnownToOthersOnly() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }

    try (ServerSocket door = new Seat(0, 2, "trainer-0.invalid", port).listen()) {
      assertThat(door.getInetAddress().isAnyLocalAddress()).isTrue();
      assertThat(door.getLocalPort()).isEqualTo(port);
    }
  }
}
