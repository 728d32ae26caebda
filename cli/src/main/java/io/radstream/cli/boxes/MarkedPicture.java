package io.radstream.cli.boxes;

import io.radstream.evaluation.boxes.Box;
import java.util.List;
import java.util.Map;

/**
 * A picture with boxes around its findings.
 *
 * @param encoded PNG or JPEG
 * @param drawn for each finding with a box, the boxes
 */
@SuppressWarnings("ArrayRecordComponent") // decoded once, never compared
public record MarkedPicture(byte[] encoded, Map<String, List<Box>> drawn) {}
