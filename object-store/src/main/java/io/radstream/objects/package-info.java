/**
 * Files as objects of a bucket: an S3 client with bounds on time and memory, and errors that tell
 * what to do. Knows nothing of what they hold.
 */
package io.radstream.objects;
