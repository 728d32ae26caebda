package io.radstream.schemas;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/** What a refusal means that came from where the schema registry should be. */
public final class RegistryRefusal {

  /** A registry's own codes are the HTTP status, or that with two digits more. */
  private static final int DIGITS = 100;

  private static final int NOT_FOUND = 404;

  private RegistryRefusal() {}

  /** Whether a registry itself says that it has no such thing. */
  public static boolean isMissing(RestClientException e) {
    return e.getStatus() == NOT_FOUND && isOfARegistry(e);
  }

  /** Whether it speaks as a registry does, and not as another server, or a page of one. */
  private static boolean isOfARegistry(RestClientException e) {
    return e.getErrorCode() == e.getStatus() || e.getErrorCode() / DIGITS == e.getStatus();
  }

  /** For people: who refuses, and what, or what is wrong with the address. */
  public static String text(String registry, RestClientException e) {
    return isOfARegistry(e)
        ? "schema registry %s refuses: %s".formatted(registry, e.getMessage())
        : ("what answers at %s is no schema registry (HTTP %d, without a registry's error code): is"
                + " that the registry's address, with the path of its API,"
                + " as http://HOST:8080/apis/ccompat/v7?")
            .formatted(registry, e.getStatus());
  }
}
