package io.radstream.objects;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in an object store: {@code s3://bucket/prefix}.
 *
 * @param prefix that all keys below it begin with, ending in a slash; empty for the whole bucket
 */
public record ObjectAddress(String bucket, String prefix) {

  public static final String SCHEME = "s3://";

  private static final Pattern FORM =
      Pattern.compile(
          "s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*)/?");

  /**
   * @throws IllegalArgumentException where it is not {@code s3://bucket/prefix} of plain names
   */
  public static ObjectAddress parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "%s is not s3://bucket/prefix: a bucket's name has 3 to 63 small letters, digits, dots and hyphens, a prefix letters, digits, _ . and -"
              .formatted(text));
    }
    String path = form.group(2);
    return new ObjectAddress(form.group(1), path.isEmpty() ? "" : path.substring(1) + "/");
  }

  /** Of what lies below it. */
  public URI uri(String key) {
    return URI.create(SCHEME + bucket + "/" + prefix + key);
  }

  /** The key below this address; empty for what lies elsewhere. */
  public Optional<String> keyOf(String uri) {
    String root = SCHEME + bucket + "/" + prefix;
    return uri.startsWith(root) ? Optional.of(uri.substring(root.length())) : Optional.empty();
  }

  /** {@code s3://bucket/prefix}. */
  @Override
  public String toString() {
    String root = SCHEME + bucket + "/" + prefix;
    return root.substring(0, root.length() - 1);
  }
}
