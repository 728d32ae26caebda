package io.radstream.producers.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** How the source proves to an archive who it is. */
public sealed interface Credentials {

  /** The value of the header {@code Authorization}, made anew for each request. */
  Optional<String> header() throws IOException;

  /** The archive asks nobody. */
  record None() implements Credentials {
    @Override
    public Optional<String> header() {
      return Optional.empty();
    }
  }

  /** A name and a password (RFC 7617). */
  record Basic(String user, Secret password) implements Credentials {

    public Basic {
      if (user.indexOf(':') >= 0) {
        throw new IllegalArgumentException("the user's name holds a colon");
      }
    }

    @Override
    public Optional<String> header() throws IOException {
      byte[] pair = (user + ':' + password.read()).getBytes(StandardCharsets.UTF_8);
      return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }
  }

  /** A token that whoever holds it may use (RFC 6750). */
  record Bearer(Secret token) implements Credentials {
    @Override
    public Optional<String> header() throws IOException {
      return Optional.of("Bearer " + token.read());
    }
  }
}
