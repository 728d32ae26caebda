/**
 * How a site's servers are asked without being pressed: pauses between questions, and those that a
 * server asks for itself. Of sources that ask for what they publish.
 */
package io.radstream.producers.asking;
