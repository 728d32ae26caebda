package io.radstream.deidentification.text;

import java.util.Locale;

/**
 * What identifies in a text. Where two are equally long at one place, the one further up counts.
 */
public enum Kind {
  /** On the site's own list. */
  LISTED,
  NAME,
  ADDRESS,
  MAIL,
  URL,
  /** Of social security or health insurance. */
  INSURANCE,
  PHONE,
  /** Of a record, an order, an accession, a device. */
  NUMBER,
  DATE,
  TIME,
  /** Over 89 years. */
  AGE;

  /** What it is called in counts. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
