package io.radstream.radiology.study;

import java.util.List;
import java.util.Optional;

/**
 * A study made ready for one model.
 *
 * @param studyId the caller's name for the study, if any
 * @param images 3 views × side × side
 * @param distinctViews how many different views were received
 * @param selection which of the received views the network sees, three indices from 0
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the device once, never compared
public record StudyInput(
    Optional<String> studyId, float[] images, int distinctViews, List<Integer> selection) {}
