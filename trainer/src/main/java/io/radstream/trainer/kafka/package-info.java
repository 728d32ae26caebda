/** The sources of studies that a run's configuration ({@code config}) names, connected. */
package io.radstream.trainer.kafka;
