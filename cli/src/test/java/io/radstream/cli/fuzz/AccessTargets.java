package io.radstream.cli.fuzz;

import io.radstream.serving.access.Callers;
import io.radstream.serving.access.Identification;
import io.radstream.serving.access.JwtConfig;
import io.radstream.serving.access.Principal;
import io.radstream.serving.access.Source;
import io.radstream.serving.access.UnusableAccessException;
import io.radstream.serving.inference.InferenceBody;
import io.radstream.serving.inference.InferenceReader;
import io.radstream.serving.inference.InvalidInferenceException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What callers of a service show and send, and the files that they are known by. */
final class AccessTargets implements AutoCloseable {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final long MOST_BYTES = 1 << 20;

  private static final String KEYS =
      """
      - name: "night"
        roles: [score, read]
        sha256: "%s"
      - name: "day"
        roles: ["operate"]
        sha256: "%s"
      """
          .formatted("0a".repeat(32), "0b".repeat(32));

  private static final String INFER =
      """
      {"id":"Zyxwvq","inputs":[{"name":"image","datatype":"BYTES","shape":[1,2],
      "parameters":{"content_type":"base64"},"data":["Wnl4d3Zx","iVBORw0KGgo="]}],
      "outputs":[{"name":"probabilities","parameters":{"binary_data":true}}],"parameters":{}}"""
          .replace("\n", "");

  private final Vertx vertx = Vertx.vertx();
  private final Path folder;
  private final KeyPair pair;

  AccessTargets(Path folder) throws GeneralSecurityException {
    this.folder = folder;
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    this.pair = generator.generateKeyPair();
  }

  List<Target> all() throws IOException, GeneralSecurityException {
    return List.of(keys(), keySet(), token(), inference());
  }

  private Path written(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, content);
    return file;
  }

  private Target keys() {
    return Target.of(
        "api-keys",
        List.of(Json.bytes(KEYS)),
        List.of("- ", ": ", "&a ", "*a", "---\n", "[", "{", "!!java.net.URL [a]", "\t", "sha256: "),
        Set.of(UnusableAccessException.class),
        input -> {
          Path file = written("keys.yaml", input);
          Callers.of(vertx, new Identification(Optional.of(file), Optional.empty(), false));
          return "";
        });
  }

  private Identification by(Path keySet) {
    JwtConfig tokens =
        new JwtConfig(new Source.InFile(keySet), "issuer", "radstream", "realm.roles");
    return new Identification(Optional.empty(), Optional.of(tokens), false);
  }

  private String publicKeys() {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"one\",\"n\":\""
        + BASE64.encodeToString(key.getModulus().toByteArray())
        + "\",\"e\":\"AQAB\"},{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"two\","
        + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
        + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}]}";
  }

  private Target keySet() {
    return Target.of(
        "jwks",
        List.of(Json.bytes(publicKeys())),
        List.of(
            "\"oct\"",
            "\"OKP\"",
            "\"Ed25519\"",
            "\"P-521\"",
            "\"k\":",
            "[",
            "{",
            "\"x5c\":[",
            "AQAB"),
        Set.of(UnusableAccessException.class),
        input -> {
          Callers.of(vertx, by(written("jwks.json", input)));
          return "";
        });
  }

  private Target token() throws IOException, GeneralSecurityException {
    Callers callers = Callers.of(vertx, by(written("good.json", Json.bytes(publicKeys()))));
    String claims =
        "{\"iss\":\"issuer\",\"aud\":\"radstream\",\"sub\":\"Zyxwvq\",\"exp\":4102444800,"
            + "\"realm\":{\"roles\":[\"score\"]}}";
    byte[] good = signed("{\"alg\":\"RS256\",\"kid\":\"one\"}", claims);
    byte[] other = signed("{\"alg\":\"none\"}", claims.replace("4102444800", "\"soon\""));
    return Target.of(
        "token",
        List.of(good, other, signed("{\"alg\":\"RS256\",\"kid\":\"one\"}", "{\"exp\":[]}")),
        List.of(
            ".", "..", "e30", "bnVsbA", "=", "rsk_", "eyJhbGciOiJub25lIn0", "eyJhbGciOiJIUzI1NiJ9"),
        Set.of(),
        input -> {
          String shown = new String(input, StandardCharsets.ISO_8859_1);
          Future<Principal> known = callers.principal(shown);
          if (!known.isComplete()) {
            known.toCompletionStage().toCompletableFuture().handle((done, e) -> done).join();
          }
          // The reason is told to nobody.
          return known.succeeded() ? "" : "refused";
        });
  }

  private byte[] signed(String header, String claims) throws GeneralSecurityException {
    String said =
        BASE64.encodeToString(Json.bytes(header)) + "." + BASE64.encodeToString(Json.bytes(claims));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(pair.getPrivate());
    signature.update(Json.bytes(said));
    return Json.bytes(said + "." + BASE64.encodeToString(signature.sign()));
  }

  private static Target inference() {
    InferenceReader reader = new InferenceReader(MOST_BYTES);
    String binary =
        "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[2],"
            + "\"parameters\":{\"binary_data_size\":14}}]}";
    byte[] tensors = {3, 0, 0, 0, 'a', 'b', 'c', 3, 0, 0, 0, 'd', 'e', 'f'};
    byte[] both = Mutator.spliced(tensors, 0, 0, Json.bytes(binary));
    return Target.of(
        "inference",
        List.of(Json.bytes(INFER), both),
        List.of(
            "\"shape\":[",
            "[",
            "{",
            "-1",
            "\"binary_data_size\":",
            "null",
            "\"data\":",
            "\"BYTES\""),
        Set.of(InvalidInferenceException.class),
        input -> {
          int json = input.length > 0 && input[input.length - 1] == '}' ? -1 : binary.length();
          Optional<String> length =
              json < 0 ? Optional.empty() : Optional.of(Integer.toString(json));
          reader.read(new InferenceBody(input, length, Optional.empty()));
          return "";
        });
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
