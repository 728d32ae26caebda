package io.radstream.cli.phi;

import java.util.List;

/**
 * Something that must not come out.
 *
 * @param place where it was planted, for people, as {@code DICOM (0010,0010)}
 * @param forms how it may be written, each of at least {@link CanarySearch#SHORTEST} letters of
 *     ASCII; case does not matter
 */
record Canary(String place, List<String> forms) {

  Canary {
    forms = List.copyOf(forms);
  }

  Canary(String place, String form) {
    this(place, List.of(form));
  }
}
