/**
 * Files as objects of a bucket: an S3 client with bounds on time and memory, and errors that tell
 * what to do. Knows nothing of checkpoints.
 */
package io.radstream.checkpoints.objects;
