package io.radstream.model.config;

/** Where the paper and its authors' code differ. */
public enum ModelVariant {
  /** Sections 4.1 and 4.2. */
  PAPER,
  /** The code that its authors released; weights made with it have that shape. */
  RELEASED
}
