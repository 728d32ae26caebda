package io.radstream.model.kernels;

/** What a compiler made of a program. */
public final class Compilation {

  private final byte[] image;
  private final String log;

  Compilation(byte[] image, String log) {
    this.image = image.clone();
    this.log = log;
  }

  /** Machine code, or text that ends in 0, as a driver takes it. */
  public byte[] image() {
    return image.clone();
  }

  /** Warnings; empty where there are none. */
  public String log() {
    return log;
  }
}
