package io.radstream.model.explicit;

/** As {@link Passed}, of features that products and residual sums go on with. */
record Flow(Features y, Back back) {

  interface Back {

    Feedback through(Feedback dy);
  }

  /** With another layer behind. */
  Flow then(Flow next) {
    return new Flow(next.y, dy -> back.through(next.back.through(dy)));
  }
}
