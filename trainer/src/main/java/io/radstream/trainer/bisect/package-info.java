/**
 * Which studies a figure turned bad by. Looks at what a run published, has its steps taken again
 * ({@code replay}) and measured between those, and compares the studies that were read when it
 * turned ({@code traits}) with those before.
 */
package io.radstream.trainer.bisect;
