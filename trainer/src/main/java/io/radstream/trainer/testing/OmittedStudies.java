package io.radstream.trainer.testing;

/**
 * Studies of a split that are not judged by.
 *
 * @param unlabelled of which no finding is known
 * @param withdrawn that may not be read any more
 * @param unreadable of which no view can be decoded
 */
public record OmittedStudies(int unlabelled, int withdrawn, int unreadable) {

  static final OmittedStudies NONE = new OmittedStudies(0, 0, 0);

  OmittedStudies andUnlabelled() {
    return new OmittedStudies(unlabelled + 1, withdrawn, unreadable);
  }

  OmittedStudies andWithdrawn() {
    return new OmittedStudies(unlabelled, withdrawn + 1, unreadable);
  }

  OmittedStudies andUnreadable() {
    return new OmittedStudies(unlabelled, withdrawn, unreadable + 1);
  }
}
