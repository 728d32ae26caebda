package io.radstream.serving.calibration;

import io.radstream.checkpoints.CheckpointCalibration;
import java.util.Optional;

/**
 * A calibration, and what could not be measured for it.
 *
 * @param withoutFamiliarity why it says nothing of how familiar a study is; empty where it does
 */
public record Calibrated(CheckpointCalibration calibration, Optional<String> withoutFamiliarity) {}
