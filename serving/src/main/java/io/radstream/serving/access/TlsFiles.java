package io.radstream.serving.access;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the service speaks TLS with, in PEM.
 *
 * @param certificate the service's own, then those that it was issued by
 * @param key its private key, not encrypted
 * @param clientAuthorities whose certificates clients have to show; empty: they need none
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clientAuthorities) {

  public TlsFiles {
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(clientAuthorities, "clientAuthorities");
  }

  List<Source.InFile> sources() {
    List<Source.InFile> sources =
        new ArrayList<>(List.of(new Source.InFile(certificate), new Source.InFile(key)));
    clientAuthorities.map(Source.InFile::new).ifPresent(sources::add);
    return sources;
  }
}
