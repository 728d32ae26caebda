package io.radstream.serving.explain;

import io.radstream.model.explain.StudyMaps;
import io.radstream.radiology.study.StudyInput;
import io.radstream.serving.score.ModelIdentity;

/**
 * An explanation.
 *
 * @param model that it is of
 * @param input what the network saw
 * @param side of each of its views, in pixels
 * @param maps a map for each of its three views
 */
public record ExplainedStudy(ModelIdentity model, StudyInput input, int side, StudyMaps maps) {}
