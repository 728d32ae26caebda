package io.radstream.model.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptCall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A script for PyTorch's interpreter, for operations that DJL does not offer. Gradients flow
 * through it.
 */
public final class TorchScript {

  /** A pickled module without members; the class is {@code M} of the script. */
  private static final byte[] MODULE =
      bytes(
          "\u0080\u0002c__torch__\nM\n)\u0081}(X\u0008\0\0\0training\u0088"
              + "X\u0016\0\0\0_is_full_backward_hookNub.");

  /** A pickled empty tuple. */
  private static final byte[] NO_CONSTANTS = bytes("\u0080\u0002).");

  private final PtSymbolBlock module;

  private TorchScript(PtSymbolBlock module) {
    this.module = module;
  }

  /**
   * @param manager that the script lives as long as
   * @param source in the language of PyTorch's archives: one class {@code M}
   */
  public static TorchScript load(NDManager manager, String source) {
    try {
      return new TorchScript(
          JniUtils.loadModule(
              (PtNDManager) manager, new ByteArrayInputStream(archive(source)), false, false));
    } catch (IOException e) {
      throw new UncheckedIOException("an archive in memory cannot be read", e);
    }
  }

  /**
   * Operations that the engine has in one piece.
   *
   * @param manager that the script lives as long as
   */
  public static TorchScript fused(NDManager manager) {
    return load(manager, source("fused.py"));
  }

  /** A script that lies beside this class. */
  public static String source(String name) {
    try (InputStream in = TorchScript.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + " of this very jar", e);
    }
  }

  /** Calls a method; the result belongs to the manager of the first argument. */
  public NDArray run(String method, NDArray... arguments) {
    return run(
        method,
        arguments[0].getManager(),
        Arrays.stream(arguments)
            .map(argument -> IValue.from((PtNDArray) argument))
            .toArray(IValue[]::new));
  }

  /**
   * Calls a method.
   *
   * @param manager owns the result
   * @param values closed afterwards
   */
  public NDArray run(String method, NDManager manager, IValue... values) {
    try (IValue result = call(method, values)) {
      return result.toTensor((PtNDManager) manager);
    } finally {
      Arrays.stream(values).forEach(IValue::close);
    }
  }

  /** Calls a method; result and values are the caller's to close. */
  public IValue call(String method, IValue... values) {
    return ScriptCall.run(module, method, values);
  }

  private static byte[] archive(String source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "version", bytes("10\n"));
      store(zip, "byteorder", bytes("little"));
      store(zip, "constants.pkl", NO_CONSTANTS);
      store(zip, "data.pkl", MODULE);
      store(zip, "code/__torch__.py", bytes(source));
    }
    return bytes.toByteArray();
  }

  /** Uncompressed: PyTorch reads its archives in place. */
  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry("m/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
