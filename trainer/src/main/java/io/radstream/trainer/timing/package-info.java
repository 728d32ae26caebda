/** Where the time of a run goes. */
package io.radstream.trainer.timing;
