/** What is known of the studies' findings, for label supervision. */
package io.radstream.trainer.labels;
