package io.radstream.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.radstream.model.engine.ComputeDevice;
import io.radstream.model.weights.Parameter.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what is read. */
class TensorFileTest {

  @TempDir private Path directory;

  @Test
  void shouldReadWhatIsWritten() throws IOException {
    Path file = directory.resolve("some.safetensors");
    try (NDManager manager = ComputeDevice.best().newManager()) {
      Map<String, NDArray> tensors = new LinkedHashMap<>();
      tensors.put("turned", manager.arange(6f).reshape(2, 3).swapAxes(0, 1));
      tensors.put("scalar", manager.create(2.5f));
      tensors.put("exact", manager.create(new double[] {0.5, -0.25}));
      tensors.put("ids", manager.create(new long[] {1, 2, 3}));

      TensorWriter.write(file, tensors);
    }

    TensorFile read = TensorFile.open(file);
    assertThat(read.entries().keySet()).containsExactly("turned", "scalar", "exact", "ids");
    assertThat(read.read("turned").shape()).isEqualTo(new Shape(3, 2));
    assertThat(read.read("turned").values()).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(read.read("scalar").shape()).isEqualTo(new Shape());
    assertThat(read.read("scalar").values()).containsExactly(2.5f);
    assertThat(read.read("exact").values()).containsExactly(0.5f, -0.25f);
    assertThat(read.entries().get("ids").typeName()).isEqualTo("I64");
    assertThat(read.dataStart() % Double.BYTES).isZero();
  }

  /** Numbers that nobody wrote take no space on the disk. */
  @Test
  void shouldTellApartWhatLiesBeyondTwoGigabytes() throws IOException {
    Path file = directory.resolve("large.safetensors");
    long half = 400_000_000;
    float[] values = {1, 2, 3};
    try (NDManager manager = ComputeDevice.best().newManager();
        RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      NDArray large = manager.zeros(new Shape(1)).broadcast(new Shape(half));
      Map<String, NDArray> tensors = new LinkedHashMap<>();
      tensors.put("first", large);
      tensors.put("second", large);
      tensors.put("last", manager.create(values));
      byte[] header = TensorWriter.header(tensors);
      sparse.write(
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(header.length)
              .array());
      sparse.write(header);
      sparse.seek(sparse.getFilePointer() + 2 * half * Float.BYTES);
      sparse.write(tensors.get("last").toByteArray());

      TensorFile read = TensorFile.open(file);

      assertThat(read.entries().get("last").begin()).isEqualTo(3_200_000_000L);
      assertThat(read.read("last").values()).containsExactly(values);
      assertThat(SavedWeights.open(manager, file).value("last", new Shape(3), Kind.BIAS))
          .isEqualTo(tensors.get("last"));
    }
  }

  @Test
  void shouldSayWhichSavedWeightDoesNotFit() throws IOException {
    Path file = directory.resolve("model.safetensors");
    try (NDManager manager = ComputeDevice.best().newManager()) {
      NDArray exact = manager.zeros(new Shape(2), DataType.FLOAT64);
      TensorWriter.write(file, Map.of("a.bias", exact));
      SavedWeights saved = SavedWeights.open(manager, file);

      assertThatThrownBy(() -> saved.value("a.bias", new Shape(2), Kind.BIAS))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("model.safetensors: tensor a.bias is F64 (2)")
          .hasMessageContaining("needs F32 (2)");
      assertThatThrownBy(() -> saved.value("b.bias", new Shape(2), Kind.BIAS))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("model.safetensors has no tensor b.bias");
    }
  }

  @Test
  void shouldRefuseASavedWeightThatIsNoNumber() throws IOException {
    Path file = directory.resolve("model.safetensors");
    try (NDManager manager = ComputeDevice.best().newManager()) {
      TensorWriter.write(file, Map.of("a.bias", manager.create(new float[] {1, Float.NaN})));
      SavedWeights saved = SavedWeights.open(manager, file);

      assertThatThrownBy(() -> saved.value("a.bias", new Shape(2), Kind.BIAS))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("tensor a.bias of")
          .hasMessageContaining("not finite");
    }
  }
}
