/** The whole of a run's settings, as one immutable tree that every checkpoint carries. */
package io.radstream.trainer.config;
