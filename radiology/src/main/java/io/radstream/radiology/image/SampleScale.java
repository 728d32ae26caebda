package io.radstream.radiology.image;

import java.util.Optional;

/**
 * Samples of some bits to values from 0 to 255.
 *
 * @param bits from 1 to 16; of more than 8, the lowest are left out
 */
record SampleScale(int bits) {

  /**
   * The scale of 16-bit samples. Detectors have 10 to 16 bits, and many files hold them at the low
   * end, where the high byte would be nearly black. So the bits that are used count: those that the
   * file names, where all samples fit into them, or else, where it names none, as many as the
   * largest sample needs, at least 8. Where samples do not fit into what the file names, they have
   * been scaled to 16 bits, as PNG wants it.
   *
   * @param largest sample of the picture
   * @param named significant bits, as the file says
   */
  static SampleScale ofSixteen(int largest, Optional<Integer> named) {
    int used = Integer.SIZE - Integer.numberOfLeadingZeros(largest);
    return new SampleScale(named.map(n -> used <= n ? n : 16).orElse(Math.max(8, used)));
  }

  int toEight(int sample) {
    return bits >= 8 ? sample >>> (bits - 8) : sample * 255 / ((1 << bits) - 1);
  }
}
