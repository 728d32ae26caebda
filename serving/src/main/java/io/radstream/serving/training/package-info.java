/** What the page shows of the run that is training now. */
package io.radstream.serving.training;
