package io.radstream.cli;

import io.radstream.serving.access.AccessConfig;
import io.radstream.serving.access.ClientLimits;
import io.radstream.serving.access.Identification;
import io.radstream.serving.access.JwtConfig;
import io.radstream.serving.access.Neighbours;
import io.radstream.serving.access.Source;
import io.radstream.serving.access.TlsFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** Mixin: who may ask the scoring service, and from where. */
final class AccessOptions {

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description =
          "The service's certificate, then those that it was issued by, in PEM: it speaks TLS then,"
              + " and nothing else. Files are looked at every ten seconds; a new pair is taken up"
              + " while it runs.")
  private Optional<Path> certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Its private key in PEM, not encrypted.")
  private Optional<Path> key;

  @Option(
      names = "--tls-client-ca",
      paramLabel = "FILE",
      description =
          "Clients have to show a certificate that is in this file, or issued by one that is, in"
              + " PEM (default: they need none).")
  private Optional<Path> clientAuthorities;

  @Option(
      names = "--api-keys",
      paramLabel = "FILE",
      description =
          "Who asks has to show a key that is in this file; 'radstream key api' makes one. A change"
              + " is taken up while it runs.")
  private Optional<Path> apiKeys;

  @Option(
      names = "--jwks",
      paramLabel = "FILE|URL",
      description =
          "Who asks has to show a token (JWT) that is signed by one of these keys of an identity"
              + " provider; --jwt-issuer and --jwt-audience are needed. With --api-keys either is"
              + " enough.")
  private Optional<String> jwks;

  @Option(
      names = "--jwt-issuer",
      paramLabel = "TEXT",
      description = "What a token's 'iss' must be.")
  private Optional<String> issuer;

  @Option(
      names = "--jwt-audience",
      paramLabel = "TEXT",
      description = "What must be in a token's 'aud'.")
  private Optional<String> audience;

  @Option(
      names = "--jwt-roles",
      paramLabel = "CLAIM",
      defaultValue = JwtConfig.DEFAULT_ROLES_CLAIM,
      description =
          "Where a token tells the roles score, reports, worklist, label, read and operate, as realm_access.roles"
              + " (default: ${DEFAULT-VALUE}).")
  private String rolesClaim;

  @Option(
      names = "--public-metrics",
      description = "Show /metrics to everybody, also where others have to show a key.")
  private boolean publicMetrics;

  @Option(
      names = "--public-host",
      paramLabel = "NAME",
      description =
          "A name that the service is reached by, beside its addresses and localhost; may be given"
              + " several times. Requests for other names are refused.")
  private Set<String> publicHosts = new LinkedHashSet<>();

  @Option(
      names = "--cors-origin",
      paramLabel = "ORIGIN",
      description =
          "A site whose pages may ask, as https://viewer.example; may be given several times"
              + " (default: none but the service's own).")
  private Set<String> corsOrigins = new LinkedHashSet<>();

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Most requests a second of one client, on average; more get 429. 0 for no limit"
              + " (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--failed-sign-ins",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "Most unknown keys and tokens a minute of one address; then it has to wait (429). 0 for no"
              + " limit (default: ${DEFAULT-VALUE}).")
  private int failedSignIns;

  @Option(
      names = "--insecure",
      description =
          "Let others than this machine ask also without TLS, or without knowing who they are.")
  private boolean insecure;

  /**
   * @throws IllegalArgumentException where the options do not go together
   */
  AccessConfig config() {
    AccessConfig config =
        AccessConfig.open()
            .withIdentification(new Identification(apiKeys, tokens(), publicMetrics))
            .withNeighbours(new Neighbours(publicHosts, corsOrigins))
            .withLimits(
                new ClientLimits(
                    rate,
                    ClientLimits.DEFAULT.listeners(),
                    ClientLimits.DEFAULT.connections(),
                    failedSignIns))
            .withInsecure(insecure);
    return tls().map(config::withTls).orElse(config);
  }

  private Optional<TlsFiles> tls() {
    if (certificate.isPresent() && key.isPresent()) {
      return Optional.of(new TlsFiles(certificate.get(), key.get(), clientAuthorities));
    }
    if (certificate.isPresent() || key.isPresent() || clientAuthorities.isPresent()) {
      throw new IllegalArgumentException(
          "TLS: --tls-certificate and --tls-key are needed, both of them");
    }
    return Optional.empty();
  }

  private Optional<JwtConfig> tokens() {
    if (jwks.isEmpty()) {
      if (issuer.isPresent() || audience.isPresent()) {
        throw new IllegalArgumentException("--jwks is needed, to check tokens with");
      }
      return Optional.empty();
    }
    if (issuer.isEmpty() || audience.isEmpty()) {
      throw new IllegalArgumentException(
          "--jwks: --jwt-issuer and --jwt-audience are needed, too; a token for another program"
              + " would do otherwise");
    }
    return Optional.of(new JwtConfig(keys(jwks.get()), issuer.get(), audience.get(), rolesClaim));
  }

  private static Source keys(String place) {
    if (place.contains("://")) {
      return new Source.AtUrl(URI.create(place));
    }
    return new Source.InFile(Path.of(place));
  }
}
