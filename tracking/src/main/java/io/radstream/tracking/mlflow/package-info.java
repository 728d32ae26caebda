/** An MLflow tracking server, by its REST API of version 2.0. */
package io.radstream.tracking.mlflow;
