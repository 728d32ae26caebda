/**
 * The tripwire: plants canaries wherever a patient's data may stand, runs the whole pipeline over
 * them, and searches for them in all that comes out.
 */
package io.radstream.cli.phi;
