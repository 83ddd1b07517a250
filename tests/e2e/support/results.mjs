// Compares a results file with the truth of an invented district.
import assert from "node:assert/strict";
import { TIERS, wilson } from "./district.mjs";

const tiersOf = (group) => TIERS.map((tier) => group.tiers[tier]);

export function assertGroup(group, truth, label) {
  assert.ok(group, `${label} is missing from the results`);
  assert.deepEqual(tiersOf(group), truth.tiers, `tiers of ${label}`);
  for (const key of ["students", "counted", "too_few_days", "chronic"]) assert.equal(group[key], truth[key], `${key} of ${label}`);
  if (truth.counted === 0) return;
  assert.ok(Math.abs(group.rate - truth.chronic / truth.counted) < 1e-4, `rate of ${label}: ${group.rate}`);
  const [low, high] = wilson(truth.chronic, truth.counted);
  assert.ok(Math.abs(group.interval[0] - low) < 1e-4 && Math.abs(group.interval[1] - high) < 1e-4, `interval of ${label}: ${group.interval}`);
}

export function assertResults(results, truth) {
  assert.equal(results.format, "bright-spots/results");
  assert.equal(results.version, 1);
  assert.match(results.made_on, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual(results.schools.map(({ name }) => name).sort(), Object.keys(truth.schools).sort());
  for (const school of results.schools) assertGroup(school, truth.schools[school.name], school.name);
  assertGroup(results.all, truth.all, "all students");
}

export function assertRowsAccountedFor(results, rows) {
  assert.equal(results.files.reduce((sum, file) => sum + file.rows, 0), rows, "rows");
  for (const file of results.files) assert.equal(file.rows, file.rows_used + file.rows_set_aside, `rows of ${file.name}`);
}
