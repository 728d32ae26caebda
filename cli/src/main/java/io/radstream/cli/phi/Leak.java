package io.radstream.cli.phi;

/**
 * A canary that came out.
 *
 * @param place where it was planted
 * @param found where it was found: a file, a page, a topic
 */
public record Leak(String place, String found) {}
