package io.radstream.producers.crosswalk;

import io.radstream.producers.publish.KnownStudy;
import io.radstream.producers.publish.KnownStudy.KnownImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts entries of one file by AES-GCM, bound to their name, and opens them. Thread-safe. */
final class EntryCipher {

  static final int NONCE_BYTES = 12;
  static final int TAG_BYTES = 16;

  private static final int VERSION = 1;
  private static final int MOST_IMAGES = 4096;
  private static final String ALGORITHM = "AES/GCM/NoPadding";

  // Not repeatable, on purpose: two entries under one nonce would give the key of both away.
  private final SecureRandom nonces = new SecureRandom();
  private final SecretKeySpec key;

  EntryCipher(SecretKeySpec key) {
    this.key = key;
  }

  /** Nonce, what is encrypted, tag. */
  byte[] seal(EntryName name, KnownStudy study) {
    byte[] nonce = new byte[NONCE_BYTES];
    nonces.nextBytes(nonce);
    try {
      byte[] hidden = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(plain(study));
      byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + hidden.length);
      System.arraycopy(hidden, 0, sealed, NONCE_BYTES, hidden.length);
      return sealed;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  /** Empty where it is not as it was sealed. */
  Optional<KnownStudy> open(EntryName name, byte[] sealed) {
    try {
      return Optional.of(study(plain(name, sealed)));
    } catch (GeneralSecurityException | IOException e) {
      return Optional.empty();
    }
  }

  boolean isAsSealed(EntryName name, byte[] sealed) {
    try {
      plain(name, sealed);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private byte[] plain(EntryName name, byte[] sealed) throws GeneralSecurityException {
    Cipher cipher = cipher(Cipher.DECRYPT_MODE, name, Arrays.copyOf(sealed, NONCE_BYTES));
    return cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
  }

  private Cipher cipher(int mode, EntryName name, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(name.bytes());
    return cipher;
  }

  private static byte[] plain(KnownStudy study) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    List<KnownImage> images = study.images();
    out.writeByte(VERSION);
    out.writeUTF(study.patientId());
    out.writeUTF(study.accession());
    out.writeUTF(study.studyUid());
    int count = Math.min(images.size(), MOST_IMAGES);
    out.writeShort(count);
    for (KnownImage image : images.subList(0, count)) {
      out.writeUTF(image.sopClass());
      out.writeUTF(image.seriesUid());
      out.writeUTF(image.instanceUid());
    }
    return bytes.toByteArray();
  }

  private static KnownStudy study(byte[] plain) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
    if (in.readByte() != VERSION) {
      throw new IOException("an entry of a later version");
    }
    String patient = in.readUTF();
    String accession = in.readUTF();
    String uid = in.readUTF();
    List<KnownImage> images = new ArrayList<>();
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      images.add(new KnownImage(in.readUTF(), in.readUTF(), in.readUTF()));
    }
    return new KnownStudy(patient, accession, uid, images);
  }
}
