/**
 * The PyTorch engine: loading it, its devices, its scripts, its memory, a GPU's streams and
 * recorded work, the process groups of those who learn together, and what it does not say of
 * itself. Knows nothing of networks, and looks into no other room.
 */
package io.radstream.model.engine;
