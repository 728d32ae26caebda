package io.radstream.serving.access;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows callers by what they show: an API key, or a token. */
public final class Callers {

  private static final Logger LOG = LoggerFactory.getLogger(Callers.class);

  private final Optional<Reloading<ApiKeys>> keys;
  private final Optional<Reloading<Tokens>> tokens;

  private Callers(Optional<Reloading<ApiKeys>> keys, Optional<Reloading<Tokens>> tokens) {
    this.keys = keys;
    this.tokens = tokens;
  }

  /**
   * Reads the files. A server with keys for tokens that does not answer is asked again; until then
   * no token is believed.
   *
   * @throws UnusableAccessException where a file cannot be used
   */
  public static Callers of(Vertx vertx, Identification by) throws UnusableAccessException {
    return new Callers(
        by.apiKeys().isPresent() ? Optional.of(keys(by.apiKeys().get())) : Optional.empty(),
        by.tokens().isPresent() ? Optional.of(tokens(vertx, by.tokens().get())) : Optional.empty());
  }

  private static Reloading<ApiKeys> keys(Path file) throws UnusableAccessException {
    return Reloading.of(
        "API keys",
        List.of(new Source.InFile(file)),
        contents -> parse(file, contents.get(0)),
        taken -> {});
  }

  private static ApiKeys parse(Path file, byte[] yaml) throws UnusableAccessException {
    ApiKeys keys = ApiKeys.parse(yaml);
    if (keys.areNone()) {
      LOG.warn("{} has no keys: nobody is let in with one; api-key adds some", file);
    }
    return keys;
  }

  private static Reloading<Tokens> tokens(Vertx vertx, JwtConfig config)
      throws UnusableAccessException {
    Reloading.Reader<Tokens> reader = contents -> Tokens.of(vertx, config, contents.get(0));
    List<Source> sources = List.of(config.keys());
    return config.keys() instanceof Source.AtUrl
        ? Reloading.later("the keys for tokens", sources, reader, Tokens.none())
        : Reloading.of("the keys for tokens", sources, reader, taken -> {});
  }

  /** Whether callers have to show who they are. */
  public boolean areAsked() {
    return keys.isPresent() || tokens.isPresent();
  }

  /** Whom a key or token is of; fails where it is of nobody. */
  public Future<Principal> principal(String shown) {
    if (shown.startsWith(ApiKeys.PREFIX)) {
      return keys.flatMap(known -> known.current().principal(shown))
          .map(Future::succeededFuture)
          .orElseGet(() -> Future.failedFuture("no such key"));
    }
    return tokens
        .map(known -> known.current().principal(shown))
        .orElseGet(() -> Future.failedFuture("no key of this service"));
  }

  /** Takes up what has changed; may wait for files and servers. */
  public void poll() {
    keys.ifPresent(Reloading::poll);
    tokens.ifPresent(Reloading::poll);
  }
}
