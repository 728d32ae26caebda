package io.radstream.serving.checkpoint;

import io.radstream.schemas.CheckpointPublished;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A checkpoint directory that holds exactly the announced files with exactly the announced content.
 *
 * @param directory inside the checkpoint store
 */
record VerifiedCheckpoint(Path directory) {

  static final String WEIGHTS = "model.safetensors";
  static final String CONFIG = "config.json";
  static final String TOKENIZER = "tokenizer.json";
  static final String ENCODER_TOKENIZER = "encoder-tokenizer.json";

  private static final Set<String> NEEDED = Set.of(WEIGHTS, CONFIG, TOKENIZER);
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final int BUFFER = 1 << 16;

  Path weights() {
    return directory.resolve(WEIGHTS);
  }

  Path config() {
    return directory.resolve(CONFIG);
  }

  Path tokenizer() {
    return directory.resolve(TOKENIZER);
  }

  /** That of the report encoder, where it has one of its own. */
  Optional<Path> encoderTokenizer() {
    return Optional.of(directory.resolve(ENCODER_TOKENIZER)).filter(Files::exists);
  }

  /**
   * @param store the directory that all checkpoints lie under
   * @throws RefusedCheckpointException naming the first thing that is wrong
   */
  static VerifiedCheckpoint verify(Path store, CheckpointPublished announced)
      throws RefusedCheckpointException {
    Map<String, String> files = announced.getFiles();
    for (String name : files.keySet()) {
      if (!PLAIN_NAME.matcher(name).matches()) {
        throw new RefusedCheckpointException("the announcement has an illegal file name");
      }
    }
    for (String needed : NEEDED) {
      if (!files.containsKey(needed)) {
        throw new RefusedCheckpointException("the announcement does not list " + needed);
      }
    }
    Path directory = directory(store, announced.getUri());
    try {
      checkListing(directory, files.keySet());
      for (Map.Entry<String, String> file : files.entrySet()) {
        checkHash(directory.resolve(file.getKey()), file.getValue());
      }
    } catch (IOException e) {
      throw new RefusedCheckpointException("cannot read the checkpoint: " + e.getMessage(), e);
    }
    return new VerifiedCheckpoint(directory);
  }

  private static Path directory(Path store, String uri) throws RefusedCheckpointException {
    Path directory = filePath(uri);
    try {
      Path root = store.toRealPath();
      Path real = directory.toRealPath();
      if (!real.startsWith(root) || real.equals(root)) {
        throw new RefusedCheckpointException(
            "its directory is not inside the checkpoint store " + store + " (--store)");
      }
      return real;
    } catch (IOException e) {
      throw new RefusedCheckpointException(
          "its directory cannot be found; is --store the directory that the trainer writes to?", e);
    }
  }

  private static Path filePath(String uri) throws RefusedCheckpointException {
    try {
      return Path.of(new URI(uri));
    } catch (URISyntaxException | RuntimeException e) {
      throw new RefusedCheckpointException("its address is not a file: URI of a directory", e);
    }
  }

  private static void checkListing(Path directory, Set<String> announced)
      throws IOException, RefusedCheckpointException {
    Set<String> present;
    try (Stream<Path> listing = Files.list(directory)) {
      present =
          listing
              .map(path -> path.getFileName().toString())
              .collect(Collectors.toCollection(TreeSet::new));
    }
    for (String name : new TreeSet<>(announced)) {
      if (!present.remove(name)) {
        throw new RefusedCheckpointException("file " + name + " is missing");
      }
      if (!Files.isRegularFile(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        throw new RefusedCheckpointException(name + " is not a plain file");
      }
    }
    if (!present.isEmpty()) {
      throw new RefusedCheckpointException(
          "its directory holds " + present.size() + " file(s) that were not announced");
    }
  }

  private static void checkHash(Path file, String announced)
      throws IOException, RefusedCheckpointException {
    if (!sha256(file).equals(announced)) {
      throw new RefusedCheckpointException(
          "sha256 of %s differs from the announcement: the file was damaged or changed"
              .formatted(file.getFileName()));
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      byte[] buffer = new byte[BUFFER];
      while (in.read(buffer) >= 0) {
        // Reading is what feeds the digest.
      }
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
