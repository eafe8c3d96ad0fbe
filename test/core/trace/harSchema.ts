import assert from 'node:assert/strict';
import Ajv from 'ajv';
import draft06 from 'ajv/lib/refs/json-schema-draft-06.json';
import harSchemas from 'har-schema';

const ajv = new Ajv({ allErrors: true });
ajv.addMetaSchema(draft06);
ajv.addSchema(Object.values(harSchemas));

/** Checks a whole file's content against the published schema of HAR 1.2. */
export function assertHar(value: unknown): void {
  assert.equal(ajv.validate('har.json', value), true, ajv.errorsText());
}
