package io.radstream.model.explicit;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.radstream.model.config.Precision;
import io.radstream.model.engine.ScalarType;
import io.radstream.model.engine.TorchScript;
import io.radstream.model.layers.ScriptedArithmetic;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The script that operations are called in.
 *
 * @param name the kind of attention, and the first twelve hexadecimal digits of the SHA-256 of what
 *     the operations are
 */
public record ExplicitScript(Calls calls, String name) {

  private static final int DIGEST_BYTES = 6;

  /** How attention is computed. */
  enum Attention {
    /** Scores, softmax and weighted sum, sequence by sequence: any type, any device. */
    PARTS("explicit_parts.py"),
    /** In one operation that keeps no weights: 16 bits on a GPU. */
    FLASH("explicit_flash.py");

    private final String script;

    Attention(String script) {
      this.script = script;
    }

    private static Attention of(Device device, Precision precision) {
      return device.isGpu() && precision != Precision.FLOAT32 ? FLASH : PARTS;
    }
  }

  /**
   * What is not a product in float32.
   *
   * @param manager lives as long as the network
   */
  public static ExplicitScript of(NDManager manager, Precision precision) {
    return of(
        manager,
        ScriptedArithmetic.type(precision),
        ScalarType.FLOAT32,
        Attention.of(manager.getDevice(), precision));
  }

  /**
   * @param manager lives as long as the network
   */
  static ExplicitScript of(
      NDManager manager, ScalarType narrow, ScalarType wide, Attention attention) {
    String source = TorchScript.source("explicit.py") + TorchScript.source(attention.script);
    String typed = source.replace("{narrow}", narrow.toString()).replace("{wide}", wide.toString());
    return new ExplicitScript(
        TorchScript.load(manager, typed)::call,
        attention.name().toLowerCase(Locale.ROOT) + " " + digest(source));
  }

  private static String digest(String source) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Operations whose results belong to a manager. */
  public Operations in(NDManager manager) {
    return new Operations(calls, manager);
  }
}
