package io.radstream.serving.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A file of API keys, to add one to. */
public record ApiKeyFile(Path path) {

  private static final int BYTES = 32;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /**
   * Makes a key and adds its hash, for a service that reads the file to take up. A file that is not
   * there is made, for its owner only.
   *
   * @return the key, which stands nowhere
   * @throws IOException where the file cannot be read, is no such file, or cannot be written
   * @throws IllegalArgumentException where the name is taken, or no plain name
   */
  public String add(String name, Set<Access> roles) throws IOException {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name begins with a letter or digit and has at most 64 letters, digits, . _ -");
    }
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("a key needs a role: " + Access.roles());
    }
    byte[] before = Files.exists(path) ? Files.readAllBytes(path) : make();
    if (ApiKeys.parse(before).holds(name)) {
      throw new IllegalArgumentException(
          "%s holds a key named %s; take its lines out first, or choose another name"
              .formatted(path, name));
    }
    String key = newKey();
    boolean broken = before.length > 0 && before[before.length - 1] != '\n';
    Files.writeString(
        path,
        (broken ? "\n" : "") + lines(name, roles, key),
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
    return key;
  }

  private static String newKey() {
    // Who knows the seed would know the key, so this must not be repeatable.
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    return ApiKeys.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  private static String lines(String name, Set<Access> roles, String key) {
    return """
        - name: "%s"
          roles: [%s]
          sha256: "%s"
        """
        .formatted(
            name,
            roles.stream().sorted().map(Access::word).collect(Collectors.joining(", ")),
            HexFormat.of().formatHex(ApiKeys.sha256(key)));
  }

  private byte[] make() throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createFile(
        path,
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0]);
    return new byte[0];
  }
}
