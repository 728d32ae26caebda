package io.radstream.deidentification.dicom;

/**
 * Tags of which some digits are free, as 60xx3000.
 *
 * @param mask has ones where a digit is fixed
 * @param value the fixed digits
 */
record TagPattern(int mask, int value) {

  private static final int HEX = 16;
  private static final int BITS = 4;

  /**
   * @throws IllegalArgumentException where the text is not eight hexadecimal digits or x
   */
  static TagPattern parse(String text) {
    if (text.length() != 8) {
      throw new IllegalArgumentException("a tag has eight digits");
    }
    int mask = 0;
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      boolean free = text.charAt(i) == 'x';
      int digit = free ? 0 : Character.digit(text.charAt(i), HEX);
      if (digit < 0) {
        throw new IllegalArgumentException("a tag has hexadecimal digits");
      }
      mask = mask << BITS | (free ? 0 : 0xF);
      value = value << BITS | digit;
    }
    return new TagPattern(mask, value);
  }

  boolean matches(int tag) {
    return (tag & mask) == value;
  }

  boolean isOne() {
    return mask == -1;
  }
}
