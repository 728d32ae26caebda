/**
 * Notices where incoming studies differ from those before. Sees studies as they are drafted ({@code
 * feed}) and the losses of their steps; changes nothing.
 */
package io.radstream.trainer.drift;
