/**
 * The Open Inference Protocol, version 2, as bodies and values: what a request asks for, and what
 * answers it. Knows nothing of HTTP; {@link io.radstream.serving.http} routes it.
 */
package io.radstream.serving.inference;
