package io.radstream.producers.crosswalk;

import io.radstream.deidentification.keys.SiteKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.crypto.spec.SecretKeySpec;

/** What is made of the site's key for the crosswalk alone. */
record CrosswalkKey(SiteKey site) {

  static final int CHECK_BYTES = 16;

  private static final String SPACE = "CROSSWALK";
  private static final int KEY_BYTES = 32;

  EntryName name(String studyId) {
    return EntryName.read(ByteBuffer.wrap(site.hash(SPACE, studyId)));
  }

  /** By which the entries of one file are encrypted. */
  SecretKeySpec cipher(byte[] salt) {
    return new SecretKeySpec(derived(salt, "entries", KEY_BYTES), "AES");
  }

  /** By which a file that was made with another key is known. */
  byte[] check(byte[] salt) {
    return derived(salt, "check", CHECK_BYTES);
  }

  private byte[] derived(byte[] salt, String what, int length) {
    return site.derive(
        salt, ("radstream crosswalk 1 " + what).getBytes(StandardCharsets.UTF_8), length);
  }
}
