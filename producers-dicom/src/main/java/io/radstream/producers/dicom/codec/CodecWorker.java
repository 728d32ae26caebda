package io.radstream.producers.dicom.codec;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.SynchronousQueue;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * The program of a worker process: unpacks one codestream after the other until its input ends,
 * that is, until whoever started it has ended. It knows nothing of the rest of Radstream.
 */
public final class CodecWorker {

  private static final Path VICTIM = Path.of("/proc/self/oom_score_adj");

  private CodecWorker() {}

  /** Started by {@link CodecPool}; not by people. */
  public static void main(String[] arguments) throws Exception {
    offerAsVictim();
    SynchronousQueue<byte[]> requests = new SynchronousQueue<>();
    Thread reader = new Thread(() -> readAll(requests), "requests");
    reader.setDaemon(true);
    reader.start();
    // Ctrl-C reaches all processes of a terminal, but the program may have pictures under way.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> joined(reader)));
    DataOutputStream output = new DataOutputStream(new BufferedOutputStream(System.out, 1 << 16));
    Wire.beginAnswer(output, loaded() ? Wire.READY : Wire.NO_CODECS);
    output.flush();
    while (true) {
      answer(requests.take(), output);
      output.flush();
    }
  }

  /** Where memory ends, the kernel is to end this process and no other. */
  private static void offerAsVictim() {
    try {
      if (Files.isWritable(VICTIM)) {
        Files.writeString(VICTIM, "1000");
      }
    } catch (IOException e) {
      // Then the kernel chooses as it will.
    }
  }

  /** Ends the process with its input, also while native code hangs. */
  private static void readAll(SynchronousQueue<byte[]> requests) {
    try (DataInputStream input = new DataInputStream(System.in)) {
      while (true) {
        requests.put(Wire.readRequest(input));
      }
    } catch (IOException | InterruptedException e) {
      Runtime.getRuntime().halt(0);
    }
  }

  private static void joined(Thread reader) {
    try {
      reader.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean loaded() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
    String name =
        system.startsWith("windows")
            ? "win32-" + machine + "/opencv_java.dll"
            : system.startsWith("mac")
                ? "macos-" + machine + "/libopencv_java.jnilib"
                : "linux-" + machine + "/libopencv_java.so";
    try (InputStream library = Mat.class.getResourceAsStream("/lib/" + name)) {
      return library != null && load(library);
    } catch (IOException | UnsatisfiedLinkError e) {
      return false;
    }
  }

  private static boolean load(InputStream library) throws IOException {
    Path directory = Files.createTempDirectory("radstream-codecs");
    Path file = directory.resolve("codecs");
    try {
      Files.copy(library, file);
      System.load(file.toString());
      return true;
    } finally {
      // A library that is loaded is no longer looked up; but for Windows, which holds the file.
      if (!file.toFile().delete() || !directory.toFile().delete()) {
        directory.toFile().deleteOnExit();
        file.toFile().deleteOnExit();
      }
    }
  }

  private static void answer(byte[] codestream, DataOutputStream output) throws IOException {
    Mat picture = null;
    try {
      picture = unpack(codestream);
      if (picture.empty() || picture.elemSize1() > Short.BYTES) {
        Wire.beginAnswer(output, Wire.UNREADABLE);
        return;
      }
      write(picture, output);
    } catch (RuntimeException e) {
      // Of OpenCV: the codestream is damaged. Nothing of the answer is written yet.
      Wire.beginAnswer(output, Wire.UNREADABLE);
    } finally {
      if (picture != null) {
        picture.release();
      }
    }
  }

  private static Mat unpack(byte[] codestream) {
    Mat packed = new Mat(1, codestream.length, CvType.CV_8U);
    packed.put(0, 0, codestream);
    return Imgcodecs.dicomJpgMatRead(
        packed, Imgcodecs.DICOM_FLAG_UNSIGNED, Imgcodecs.IMREAD_UNCHANGED);
  }

  private static void write(Mat picture, DataOutputStream output) throws IOException {
    int cellBytes = (int) picture.elemSize1();
    int cells = picture.cols() * picture.channels();
    Wire.beginAnswer(output, Wire.UNPACKED);
    output.writeInt(picture.cols());
    output.writeInt(picture.rows());
    output.writeInt(picture.channels());
    output.writeInt(cellBytes);
    byte[] row = new byte[cells * cellBytes];
    short[] wide = new short[cellBytes == 1 ? 0 : cells];
    for (int y = 0; y < picture.rows(); y++) {
      if (cellBytes == 1) {
        picture.get(y, 0, row);
      } else {
        picture.get(y, 0, wide);
        ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(wide);
      }
      output.write(row);
    }
  }
}
