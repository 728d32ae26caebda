package io.radstream.cli.phi;

import java.util.List;

/**
 * Something that must not come out.
 *
 * @param place what it was planted as, for people, as {@code DICOM (0010,0010)}
 * @param source where it was planted, for people, as {@code radiograph of study 3}
 * @param forms how it may be written, each of at least {@link CanarySearch#SHORTEST} letters of
 *     ASCII; case does not matter
 */
record Canary(String place, String source, List<String> forms) {

  Canary {
    forms = List.copyOf(forms);
  }

  /** It has come out. */
  Leak leak(String found) {
    return new Leak(place, source, found);
  }
}
