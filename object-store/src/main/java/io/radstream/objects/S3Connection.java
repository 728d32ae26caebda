package io.radstream.objects;

import io.radstream.objects.ObjectStoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * How an object store is reached, by the names that the tools of AWS know.
 *
 * @param endpoint of a store that is not AWS's, which is asked by path; empty for AWS
 * @param region empty for that of the profile; a store that is not AWS's mostly has none
 * @param authorities certificates of who signed the store's, in PEM; empty for those of Java
 * @param credentials found when they are first needed, and again when they end
 */
public record S3Connection(
    Optional<URI> endpoint,
    Optional<String> region,
    Optional<Path> authorities,
    AwsCredentialsProvider credentials) {

  /** How often a call is tried that may do better the next time. */
  enum Calls {
    /** Three times within seconds. */
    TRIED_AGAIN,
    /** And once more where an answer has put the clock right. */
    TRIED_ONCE;

    private RetryStrategy strategy() {
      if (this == TRIED_AGAIN) {
        return AwsRetryStrategy.standardRetryStrategy();
      }
      return StandardRetryStrategy.builder()
          .maxAttempts(2)
          .useClientDefaults(false)
          .retryOnException(Calls::isOfClock)
          .backoffStrategy(BackoffStrategy.retryImmediately())
          .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
          .treatAsThrottling(failure -> false)
          .build();
    }

    private static boolean isOfClock(Throwable failure) {
      return failure instanceof SdkServiceException answer && answer.isClockSkewException();
    }
  }

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Between two bytes. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /** Of one try of one call, of which none moves more than a part. */
  private static final Duration TRY = Duration.ofMinutes(5);

  /**
   * By {@code AWS_ENDPOINT_URL_S3} or {@code AWS_ENDPOINT_URL}, {@code AWS_REGION} and {@code
   * AWS_CA_BUNDLE}; credentials as the tools of AWS find them: environment, profile, web identity,
   * machine.
   *
   * @param environment variable to value, or null
   * @throws IllegalArgumentException where the endpoint is no http or https URL
   */
  public static S3Connection of(Function<String, String> environment) {
    Optional<String> endpoint =
        value(environment, "AWS_ENDPOINT_URL_S3").or(() -> value(environment, "AWS_ENDPOINT_URL"));
    return new S3Connection(
        endpoint.map(S3Connection::url),
        value(environment, "AWS_REGION").or(() -> value(environment, "AWS_DEFAULT_REGION")),
        value(environment, "AWS_CA_BUNDLE").map(Path::of),
        DefaultCredentialsProvider.builder().build());
  }

  private static Optional<String> value(Function<String, String> environment, String name) {
    return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isBlank());
  }

  private static URI url(String text) {
    if (!text.matches("https?://[^/@?#]+/?")) {
      throw new IllegalArgumentException(
          "AWS_ENDPOINT_URL_S3 is not http(s)://host:port without a path");
    }
    return URI.create(text);
  }

  /**
   * @throws ObjectStoreException where there is no region, or the authorities cannot be read
   */
  S3Client client(Calls calls) throws ObjectStoreException {
    var client =
        S3Client.builder()
            .region(resolvedRegion())
            .credentialsProvider(credentials)
            .httpClientBuilder(http())
            // Trailing checksums are unknown to many stores; ours are where the object is named.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(
                S3Configuration.builder()
                    .pathStyleAccessEnabled(endpoint.isPresent())
                    .chunkedEncodingEnabled(false)
                    .build())
            .overrideConfiguration(
                ClientOverrideConfiguration.builder()
                    .retryStrategy(calls.strategy())
                    .apiCallAttemptTimeout(TRY)
                    .build());
    endpoint.ifPresent(client::endpointOverride);
    return client.build();
  }

  private Region resolvedRegion() throws ObjectStoreException {
    if (region.isPresent()) {
      return Region.of(region.get());
    }
    if (endpoint.isPresent()) {
      return Region.US_EAST_1;
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkClientException e) {
      throw new ObjectStoreException(
          Kind.REFUSED,
          "no region is named; set AWS_REGION, or AWS_ENDPOINT_URL_S3 for a store that is not AWS's",
          e);
    }
  }

  private UrlConnectionHttpClient.Builder http() throws ObjectStoreException {
    UrlConnectionHttpClient.Builder http =
        UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(SILENCE);
    if (authorities.isPresent()) {
      TrustManager[] trusted = trusted(authorities.get());
      http.tlsTrustManagersProvider(() -> trusted);
    }
    return http;
  }

  private static TrustManager[] trusted(Path pem) throws ObjectStoreException {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("authority-" + number++, each);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new ObjectStoreException(
          Kind.REFUSED,
          "AWS_CA_BUNDLE: %s cannot be read as certificates in PEM".formatted(pem),
          e);
    }
  }
}
