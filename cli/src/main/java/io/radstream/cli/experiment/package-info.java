/**
 * Fulfils the port of experiments with trainer, stage and publisher: {@link
 * io.radstream.cli.experiment.TrainerLaboratory} here, {@link
 * io.radstream.cli.experiment.CellProcesses} in processes of their own.
 */
package io.radstream.cli.experiment;
