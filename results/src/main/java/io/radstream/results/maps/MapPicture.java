package io.radstream.results.maps;

/**
 * A view with a map over it.
 *
 * @param view its place among the views that were scored, from 0
 */
public record MapPicture(String finding, int view, RgbPicture picture) {}
