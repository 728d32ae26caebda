/**
 * The models that are loaded, each in a role; what is known of checkpoints, the policy that judges
 * them, and its verdicts.
 */
package io.radstream.serving.fleet;
