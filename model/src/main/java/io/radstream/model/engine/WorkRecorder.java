package io.radstream.model.engine;

/** Has a device record work, to do it again at once. */
public interface WorkRecorder {

  /**
   * Records work, and does not do it: arrays that are made by it have no numbers yet. What a step
   * reads that is not always the same lies in arrays that were there before; the work may not read
   * numbers of the device, copy to or from memory of Java, or seed. Where it draws random numbers
   * of the engine, each time it is done has others, which go on from the seed that is set by then.
   * It has been done once before by the same thread, unrecorded, so that all that it needs is
   * loaded. Other threads go on meanwhile. Work that goes to other streams has come back from them
   * when it ends: else this process does.
   *
   * @return does on the device what was recorded
   * @throws CudaException where it cannot be recorded; all is as before then
   */
  RecordedWork record(Runnable work);
}
