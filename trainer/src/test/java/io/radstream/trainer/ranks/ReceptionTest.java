package io.radstream.trainer.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ReceptionTest {

  @Test
  void shouldWaitForAPortThatAnotherHas() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket door = new ServerSocket()) {
      assertThatThrownBy(() -> door.bind(other.getLocalSocketAddress()))
          .isInstanceOfSatisfying(
              BindException.class, e -> assertThat(Reception.mayPass(e)).isTrue());
    }
  }

  @Test
  void shouldNotWaitForAnAddressThatIsNotItsOwn() throws Exception {
    try (ServerSocket door = new ServerSocket()) {
      // 192.0.2.0/24 is kept for documentation (RFC 5737): no machine has it.
      assertThatThrownBy(() -> door.bind(new InetSocketAddress("192.0.2.1", 0)))
          .isInstanceOfSatisfying(
              BindException.class, e -> assertThat(Reception.mayPass(e)).isFalse());
    }
  }

  @Test
  void shouldNotWaitForAPortThatItMayNotHave() {
    assertThat(Reception.mayPass(new BindException("Permission denied"))).isFalse();
  }
}
