/** Reports: which sections count, how text becomes token ids, and what left and right mean. */
package io.radstream.radiology.report;
