// Reads resources as YAML from standard input and holds each against the JSON schema of its kind,
// as the packages kubernetes-models and @kubernetes-models/prometheus-operator have them. They tell
// what is missing and what is of a wrong type; unknown fields are for a test of the module cli.
// Kinds that these packages lack are named. docker/check runs this.
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

const PACKAGES = {
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
};
const WITHOUT_SCHEMA = new Set(["kafka.strimzi.io"]);

const counts = { held: 0, passedOver: 0 };
let failed = false;

for (const document of parseAllDocuments(readFileSync(0, "utf8"), { version: "1.1" })) {
  const resource = document.toJS();
  if (resource === null) {
    continue;
  }
  const name = `${resource.kind} ${resource.metadata?.name}`;
  const group = resource.apiVersion.split("/")[0];
  if (WITHOUT_SCHEMA.has(group)) {
    counts.passedOver++;
    continue;
  }
  try {
    const kinds = await import(`${PACKAGES[group] ?? "kubernetes-models"}/${resource.apiVersion}`);
    new kinds[resource.kind](resource).validate();
    counts.held++;
  } catch (error) {
    failed = true;
    console.log(`${name}: ${error.message}`);
  }
}
console.log(`${counts.held} held against their schemas, ${counts.passedOver} of kinds without one`);
process.exitCode = failed || counts.held === 0 ? 1 : 0;
