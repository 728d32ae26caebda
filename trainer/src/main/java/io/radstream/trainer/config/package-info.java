/**
 * The whole of a run's settings, as one immutable tree that every checkpoint carries; and which of
 * several ranks a process is, which no checkpoint carries.
 */
package io.radstream.trainer.config;
