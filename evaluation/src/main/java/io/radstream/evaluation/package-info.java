/**
 * How good a model is, and how sure that is. Every figure says in its Javadoc what it means and
 * whose it is; every random draw is a function of a seed. A figure that the studies do not define
 * is empty, never a number that looks like one. Knows nothing of networks, studies or Kafka.
 */
package io.radstream.evaluation;
