package io.radstream.serving.access;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The keys that are let in, by their SHA-256: who reads the file cannot ask with what is in it. */
final class ApiKeys {

  /** By it a key is told from a token, and found by programs that look for secrets in files. */
  static final String PREFIX = "rsk_";

  private static final YAMLMapper YAML = new YAMLMapper();

  /** As it stands in the file. */
  private record Entry(String name, List<String> roles, String sha256) {}

  @SuppressWarnings("ArrayRecordComponent") // never compared but in constant time
  private record Known(Principal principal, byte[] sha256) {}

  private final List<Known> known;

  private ApiKeys(List<Known> known) {
    this.known = List.copyOf(known);
  }

  static ApiKeys none() {
    return new ApiKeys(List.of());
  }

  /**
   * @param yaml a list of keys with {@code name}, {@code roles} and {@code sha256}
   * @throws UnusableAccessException where it is something else; the message tells no hash
   */
  static ApiKeys parse(byte[] yaml) throws UnusableAccessException {
    List<Known> known = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Entry entry : entries(yaml)) {
      if (entry == null || entry.name == null || entry.roles == null || entry.sha256 == null) {
        throw new UnusableAccessException("each key needs name, roles and sha256");
      }
      if (!names.add(entry.name)) {
        throw new UnusableAccessException("two keys are named " + entry.name);
      }
      known.add(known(entry));
    }
    return new ApiKeys(known);
  }

  private static List<Entry> entries(byte[] yaml) throws UnusableAccessException {
    try {
      JsonNode tree = YAML.readTree(yaml);
      return tree.isMissingNode() || tree.isNull()
          ? List.of()
          : YAML.readValue(yaml, new TypeReference<List<Entry>>() {});
    } catch (JacksonException e) {
      throw new UnusableAccessException(
          "line %d is not of a list of keys with name, roles and sha256"
              .formatted(e.getLocation() == null ? 1 : e.getLocation().getLineNr()));
    } catch (IOException e) {
      throw new UnusableAccessException("it cannot be read", e);
    }
  }

  private static Known known(Entry entry) throws UnusableAccessException {
    Set<Access> roles = new HashSet<>();
    for (String word : entry.roles) {
      roles.add(
          Access.role(String.valueOf(word))
              .orElseThrow(
                  () ->
                      new UnusableAccessException(
                          "key %s: there is no role '%s'; there are %s"
                              .formatted(entry.name, word, Access.roles()))));
    }
    try {
      byte[] sha256 = HexFormat.of().parseHex(entry.sha256);
      if (sha256.length == sha256("").length) {
        return new Known(new Principal(entry.name, roles), sha256);
      }
    } catch (IllegalArgumentException e) {
      // Told below: the reason might quote the hash.
    }
    throw new UnusableAccessException(
        "key %s: sha256 is 64 hexadecimal digits, and a name one line of text"
            .formatted(entry.name));
  }

  /** Whose key this is. Takes as long for a key that nearly fits as for any other. */
  Optional<Principal> principal(String key) {
    byte[] shown = sha256(key);
    Optional<Principal> found = Optional.empty();
    for (Known each : known) {
      if (MessageDigest.isEqual(each.sha256, shown)) {
        found = Optional.of(each.principal);
      }
    }
    return found;
  }

  boolean areNone() {
    return known.isEmpty();
  }

  boolean holds(String name) {
    return known.stream().anyMatch(each -> each.principal.name().equals(name));
  }

  static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
