/** Which tuples a run may read, the order in which it reads them, and reading them. */
package io.radstream.trainer.tuples;
