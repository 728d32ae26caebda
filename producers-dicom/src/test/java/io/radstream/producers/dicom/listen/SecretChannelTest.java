package io.radstream.producers.dicom.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.radstream.producers.access.KeyStoreFile;
import io.radstream.producers.access.Tls;
import io.radstream.producers.dicom.listen.ListenConfig.Timeouts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class SecretChannelTest {

  private KeyStoreFile server;
  private KeyStoreFile serverCertificate;
  private KeyStoreFile modality;
  private KeyStoreFile modalityCertificate;

  @BeforeAll
  void makeKeys(@TempDir Path directory) throws Exception {
    KeyStores keys = new KeyStores(directory);
    server = keys.key("server");
    serverCertificate = keys.certificate(server, "server");
    modality = keys.key("modality");
    modalityCertificate = keys.certificate(modality, "modality");
  }

  private static Running running(Tls tls) {
    return new Running(
        HeldSink.acknowledging(),
        Running.config(List.of(), Running.ROOMY, Timeouts.DEFAULT, Optional.of(tls)));
  }

  private static void assertServed(Running running, SocketFactory sockets) {
    try (Scu scu = Scu.connect(running.port(), sockets)) {
      scu.associate(Scu.request("RADSTREAM", "SCU", -1));
      scu.store(1, ChestImage.of("1.2.7", "A1"));
      assertThat(scu.readResponse().status()).isZero();
    }
  }

  @Test
  void shouldServeWhoKnowsItsCertificate() throws Exception {
    try (Running running = running(Tls.listening(server, Optional.empty()))) {

      SocketFactory sockets = KeyStores.client(serverCertificate, Optional.empty());

      assertServed(running, sockets);
    }
  }

  @Test
  void shouldServeOnlyWhoseCertificateIsTrusted() throws Exception {
    try (Running running = running(Tls.listening(server, Optional.of(modalityCertificate)))) {
      SocketFactory anonymous = KeyStores.client(serverCertificate, Optional.empty());
      SocketFactory stranger = KeyStores.client(serverCertificate, Optional.of(server));

      SocketFactory known = KeyStores.client(serverCertificate, Optional.of(modality));

      assertThatThrownBy(() -> assertServed(running, anonymous));
      assertThatThrownBy(() -> assertServed(running, stranger));
      assertServed(running, known);
    }
  }

  @Test
  void shouldServeBesideAConnectionThatDoesNotShakeHands() throws Exception {
    try (Running running = running(Tls.listening(server, Optional.empty()));
        Scu silent = Scu.connect(running.port());
        Scu plain = Scu.connect(running.port())) {
      silent.send(new byte[] {22, 3});

      plain.send(Scu.request("RADSTREAM", "SCU", -1));

      assertServed(running, KeyStores.client(serverCertificate, Optional.empty()));
    }
  }
}
