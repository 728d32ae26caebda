package io.radstream.model.weights;

import ai.djl.ndarray.NDArray;
import io.radstream.model.config.NetworkPart;

/**
 * A weight of the network.
 *
 * @param name as in the safetensors file
 * @param value on the device; updated in place
 * @param kind decides how it is initialised and whether weight decay applies
 * @param part decides at which rate it learns
 * @param depth in its part, decides whether it is frozen: {@link #EMBEDDED}, then the number of its
 *     block, from 1 on, then {@link #BEHIND}
 */
public record Parameter(String name, NDArray value, Kind kind, NetworkPart part, int depth) {

  /** In front of the first block. */
  public static final int EMBEDDED = 0;

  /** Behind the last block, or where there are none. */
  public static final int BEHIND = Integer.MAX_VALUE;

  public enum Kind {
    /** Of a linear layer: uniform, scaled to its widths (Glorot and Bengio, 2010). */
    MATRIX(true),
    /**
     * Of a token or of its place, added up: normal, of unit length on average (as the authors of
     * "Attention is all you need" have it).
     */
    EMBEDDING(true),
    /**
     * Of a patch's place: normal with deviation 1, like the features of the patch that it stands
     * beside; a smaller one would be drowned by them.
     */
    POSITION(true),
    /** The aggregation embedding (paper, section 4.2) and the segments of BERT: zeros. */
    ZERO_EMBEDDING(true),
    /** Zeros. */
    BIAS(false),
    /** Scale of a normalisation: ones. */
    SCALE(false),
    /** Of a convolution: normal, scaled to what it gives (He et al., 2015). */
    KERNEL(true),
    /** Of a batch normalisation: zeros, and moved by what it sees, not by gradients. */
    RUNNING_MEAN(false),
    /** As the mean; ones. */
    RUNNING_VARIANCE(false);

    private final boolean decays;

    Kind(boolean decays) {
      this.decays = decays;
    }

    /** Whether gradients move it. */
    public boolean learns() {
      return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
    }

    /** Whether weight decay applies: not to norms and biases (paper, section 4.2). */
    public boolean decays() {
      return decays;
    }
  }
}
