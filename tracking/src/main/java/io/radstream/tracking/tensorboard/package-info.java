/** Event files, as TensorBoard reads them. */
package io.radstream.tracking.tensorboard;
