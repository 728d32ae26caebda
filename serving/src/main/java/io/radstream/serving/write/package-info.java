/**
 * Reports of studies, written for those who ask: beside scoring, on a thread of their own, several
 * at a time, token by token.
 */
package io.radstream.serving.write;
