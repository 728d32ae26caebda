package io.radstream.cli.phi;

/**
 * A canary that came out.
 *
 * @param place what it was planted as, as {@code DICOM (0010,0010)}
 * @param source where it was planted, as {@code radiograph of study 3}
 * @param found where it was found: topic, partition and offset, file, or page
 */
public record Leak(String place, String source, String found) {}
