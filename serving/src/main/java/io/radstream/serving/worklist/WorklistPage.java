package io.radstream.serving.worklist;

import java.util.List;

/**
 * A part of the list.
 *
 * @param studies in order
 * @param matching how many there are on all pages now
 * @param goesOn whether more come behind
 */
public record WorklistPage(List<WorklistEntry> studies, int matching, boolean goesOn) {}
