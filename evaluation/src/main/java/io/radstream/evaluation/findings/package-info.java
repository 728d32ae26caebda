/**
 * A model judged on several findings at once: figures of each and their mean, with intervals that
 * draw patients, at operating points that other studies gave; and two models beside each other.
 */
package io.radstream.evaluation.findings;
