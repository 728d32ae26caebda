package io.radstream.serving.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedReceiptTest {

  /**
   * Of a signature in base64: one of A, Q, g and w, each followed by letters of the same two bits.
   */
  private static final int LAST_LETTER = 85;

  private static final Optional<ReceiptPublicKey> KEY = Optional.of(SampleReceipt.KEY.publicKey());

  private static ReceiptCheck check(JsonNode receipt, Optional<ReceiptPublicKey> key)
      throws IOException {
    return new SignatureCheck(key)
        .of(new ReceiptReader().read(SampleReceipt.text(receipt)).receipt());
  }

  @Test
  void shouldVerifyWhatWasSigned() throws IOException {
    ObjectNode receipt = SampleReceipt.tree(SampleReceipt.signed());

    ReceiptCheck check = check(receipt, KEY);

    assertThat(check.outcome()).isEqualTo(ReceiptCheck.Outcome.OK);
    assertThat(receipt.toString()).doesNotContain("the caller's own name");
  }

  static List<String> fields() {
    List<String> fields = new ArrayList<>();
    collect(SampleReceipt.tree(SampleReceipt.signed()), "", fields);
    return fields;
  }

  private static void collect(JsonNode node, String path, List<String> fields) {
    if (node.isValueNode()) {
      fields.add(path);
    }
    node.properties()
        .forEach(field -> collect(field.getValue(), path + "/" + field.getKey(), fields));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(node.get(i), path + "/" + i, fields);
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void shouldNoticeThatAFieldWasChanged(String field) {
    ObjectNode receipt = SampleReceipt.tree(SampleReceipt.signed());
    change(receipt, field);

    Optional<ReceiptCheck> check = Optional.empty();
    try {
      check = Optional.of(check(receipt, KEY));
    } catch (IOException e) {
      assertThat(e).isInstanceOf(InvalidReceiptException.class);
    }

    assertThat(check.map(ReceiptCheck::outcome))
        .isIn(Optional.empty(), Optional.of(ReceiptCheck.Outcome.FAILED));
  }

  /** Where it can, to another value that the field may have. */
  private static void change(ObjectNode receipt, String field) {
    JsonPointer place = JsonPointer.compile(field);
    JsonNode now = receipt.at(place);
    JsonNode parent = receipt.at(place.head());
    JsonNode other = other(field, now);
    String name = place.last().getMatchingProperty();
    if (parent instanceof ArrayNode array) {
      array.set(Integer.parseInt(name), other);
    } else {
      ((ObjectNode) parent).set(name, other);
    }
    assertThat(receipt.at(place)).isNotEqualTo(now);
  }

  private static JsonNode other(String field, JsonNode now) {
    if (field.endsWith("/probability") || field.endsWith("/raw")) {
      return DoubleNode.valueOf(Math.nextUp(now.doubleValue()));
    }
    if (field.contains("/used/")) {
      return IntNode.valueOf(1 - now.asInt());
    }
    if (now.isNumber()) {
      return IntNode.valueOf(now.asInt() + 1);
    }
    if (now.isNull()) {
      return TextNode.valueOf("e".repeat(64));
    }
    String text = now.asText();
    return switch (field.substring(field.lastIndexOf('/') + 1)) {
      case "by" -> TextNode.valueOf("labels");
      case "precision" -> TextNode.valueOf("BFLOAT16");
      case "time" -> TextNode.valueOf("1970-01-01T00:00:01Z");
      case "algorithm" -> TextNode.valueOf("Ed448");
      default -> TextNode.valueOf((text.charAt(0) == 'e' ? "f" : "e") + text.substring(1));
    };
  }

  /** The last letter has four bits that mean nothing, and the padding may be left out. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldNoticeASignatureThatIsWrittenInAnotherWay(boolean padded) throws IOException {
    ObjectNode receipt = SampleReceipt.tree(SampleReceipt.signed());
    ObjectNode signature = (ObjectNode) receipt.get("signature");
    String value = signature.get("value").asText();
    String other =
        padded
            ? value.substring(0, LAST_LETTER) + (char) (value.charAt(LAST_LETTER) + 1) + "=="
            : value.substring(0, LAST_LETTER + 1);
    signature.put("value", other);

    ReceiptCheck check = check(receipt, KEY);

    assertThat(Base64.getDecoder().decode(other)).isEqualTo(Base64.getDecoder().decode(value));
    assertThat(check.outcome()).isEqualTo(ReceiptCheck.Outcome.FAILED);
  }

  @Test
  void shouldNoticeTheSignatureOfAnotherKey() throws IOException {
    ObjectNode receipt = SampleReceipt.tree(SampleReceipt.of(Optional.of(ReceiptKey.generate())));
    ObjectNode pretending = receipt.deepCopy();
    ((ObjectNode) pretending.get("signature")).put("keyId", KEY.get().id());

    List<ReceiptCheck> checks = List.of(check(receipt, KEY), check(pretending, KEY));

    assertThat(checks).extracting(ReceiptCheck::outcome).containsOnly(ReceiptCheck.Outcome.FAILED);
    assertThat(checks.get(0).detail()).contains("the one given is " + KEY.get().id());
    assertThat(checks.get(1).detail()).contains("has not signed");
  }

  @Test
  void shouldNeverSayThatASignatureIsRightThatWasNotChecked() throws IOException {
    ObjectNode signed = SampleReceipt.tree(SampleReceipt.signed());
    ObjectNode unsigned = SampleReceipt.tree(SampleReceipt.of(Optional.empty()));

    List<ReceiptCheck> checks =
        List.of(
            check(signed, Optional.empty()),
            check(unsigned, Optional.empty()),
            check(unsigned, KEY));

    assertThat(checks)
        .extracting(ReceiptCheck::outcome)
        .containsExactly(
            ReceiptCheck.Outcome.NOT_CHECKED,
            ReceiptCheck.Outcome.NOT_CHECKED,
            ReceiptCheck.Outcome.FAILED);
    assertThat(checks.get(1).detail()).contains("anybody could have written");
  }
}
