package io.radstream.streams;

import io.radstream.schemas.RecordDigest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A study's progress as bytes of the state store; also those that older versions wrote. */
final class ProgressCodec {

  /** No text begins with it. */
  private static final byte VERSION = 3;

  /** Before there were parts that wait. */
  private static final byte WITHOUT_WAITING = 2;

  private static final int VIEW = 1;
  private static final int REPORT = 1 << 1;
  private static final int TAKEN_BACK = 1 << 2;
  private static final int DECIDED = 1 << 3;
  private static final int UNREPORTED = 1 << 4;

  private ProgressCodec() {}

  static byte[] write(StudyProgress progress) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeByte(flags(progress));
      out.writeByte(progress.last().side().code());
      out.writeInt(progress.last().revision());
      out.writeLong(progress.lastPart());
      out.writeLong(progress.due());
      writeText(out, progress.patientId());
      writeText(out, progress.last().patientId());
      writeText(out, progress.last().digest());
      writeOffsets(out, progress.parts().offsets());
      writeOffsets(out, progress.parts().retractions());
      out.writeInt(progress.parts().seen().size());
      for (RecordDigest digest : progress.parts().seen()) {
        writeDigest(out, digest);
      }
      out.writeInt(progress.waiting().size());
      for (WaitingPart part : progress.waiting()) {
        out.writeLong(part.offset());
        writeText(out, part.patientId());
        writeDigest(out, part.digest());
        out.writeBoolean(part.takesBack());
        out.writeLong(part.due());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written but memory", e);
    }
    return bytes.toByteArray();
  }

  private static int flags(StudyProgress progress) {
    ReceivedParts parts = progress.parts();
    return (parts.view() ? VIEW : 0)
        | (parts.report() ? REPORT : 0)
        | (parts.takenBack() ? TAKEN_BACK : 0)
        | (progress.decided() ? DECIDED : 0)
        | (progress.last().unreported() ? UNREPORTED : 0);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void writeDigest(DataOutputStream out, RecordDigest digest) throws IOException {
    out.writeLong(digest.high());
    out.writeLong(digest.low());
  }

  private static void writeOffsets(DataOutputStream out, List<Long> offsets) throws IOException {
    out.writeInt(offsets.size());
    for (long offset : offsets) {
      out.writeLong(offset);
    }
  }

  /**
   * @param config by which an older version decided on which side a tuple is
   */
  static StudyProgress read(byte[] bytes, StageConfig config) {
    if (EarlierProgress.wrote(bytes)) {
      return EarlierProgress.read(bytes).now(config);
    }
    byte version = bytes.length == 0 ? 0 : bytes[0];
    if (version != VERSION && version != WITHOUT_WAITING) {
      throw new IllegalStateException(
          "the state store was written by a newer version of Radstream; run that one");
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.readByte();
      return read(in, version);
    } catch (IOException e) {
      throw new UncheckedIOException("the state store is damaged", e);
    }
  }

  private static StudyProgress read(DataInputStream in, byte version) throws IOException {
    int flags = in.readByte();
    Side side = Side.ofCode(in.readByte());
    int revision = in.readInt();
    long lastPart = in.readLong();
    long due = in.readLong();
    String patient = readText(in);
    String tuplePatient = readText(in);
    String digest = readText(in);
    ReceivedParts parts =
        new ReceivedParts(
            readOffsets(in),
            readOffsets(in),
            readDigests(in),
            has(flags, VIEW),
            has(flags, REPORT),
            has(flags, TAKEN_BACK));
    LastOutcome last =
        new LastOutcome(digest, revision, has(flags, UNREPORTED), side, tuplePatient);
    List<WaitingPart> waiting = version == WITHOUT_WAITING ? List.of() : readWaiting(in);
    return new StudyProgress(patient, parts, last, has(flags, DECIDED), lastPart, due, waiting);
  }

  private static boolean has(int flags, int flag) {
    return (flags & flag) != 0;
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static List<Long> readOffsets(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<Long> offsets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      offsets.add(in.readLong());
    }
    return offsets;
  }

  private static List<RecordDigest> readDigests(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<RecordDigest> digests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      digests.add(readDigest(in));
    }
    return digests;
  }

  private static RecordDigest readDigest(DataInputStream in) throws IOException {
    return new RecordDigest(in.readLong(), in.readLong());
  }

  private static List<WaitingPart> readWaiting(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<WaitingPart> waiting = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      waiting.add(
          new WaitingPart(
              in.readLong(), readText(in), readDigest(in), in.readBoolean(), in.readLong()));
    }
    return waiting;
  }
}
