import { extentNote } from '../../../../src/core/trace/bodyExtent';
import { latin1Of } from '../../../../src/core/trace/copyAs/bytes';
import type { MessageBody } from '../../../../src/core/trace/messages';
import { isSecretName } from '../../../../src/core/trace/secretFields';
import { bytes as size, counted } from '../../format';
import { formsFor, type BodyForm } from './bodyForms';
import { bytesOf } from './bytes';
import { readJson, type JsonDocument } from './jsonDocument';
import { mediaTypeOf } from './mediaType';
import { multipartOf, type FormPart } from './multipart';
import { urlencodedPairs } from './urlencoded';
import { isKnownCharset, looksLikeText, visibleBytes, visibleText, plainText, type Piece } from './visibleText';

/** A field of a form. */
export interface FormField {
  readonly name: readonly Piece[];
  readonly value: readonly Piece[];
  readonly note?: string;
  readonly secret: boolean;
}

/** A body that was read: in which forms it can be shown, and what each of them shows. */
export interface OpenedBody {
  readonly body: MessageBody;
  readonly forms: readonly [BodyForm, ...BodyForm[]];
  readonly charset: string;
  readonly json?: JsonDocument;
  readonly form?: readonly FormField[];
  /** Names in it that look like those of secrets. */
  readonly secrets: readonly string[];
  /** What its reader has to know, as sentences. */
  readonly notes: readonly string[];
}

export function openedBody(body: MessageBody, contentType: string): OpenedBody {
  const { bytes, truncated } = body;
  const media = mediaTypeOf(contentType);
  const named = media.parameters.get('charset') ?? 'utf-8';
  const charset = isKnownCharset(named) ? named : 'utf-8';
  const notes = notesOf(body);
  if (!isKnownCharset(named)) notes.push(`The charset “${visibleText(named)}” is not known: read as UTF-8.`);
  if (body.undecodable !== undefined) return { body, forms: ['hex'], charset, secrets: [], notes };
  const forms = formsFor(contentType, bytes, truncated);
  if (forms[0] === 'json') {
    const text = new TextDecoder(charset).decode(bytes);
    const json = readJson(text);
    if ('nodes' in json && (!json.cut || truncated)) {
      return { body, forms, charset, json, secrets: secretNames(json.nodes.map(({ name }) => name ?? '')), notes };
    }
    const others: [BodyForm, ...BodyForm[]] = ['text', 'hex'];
    const told =
      'nodes' in json
        ? `No valid JSON: it ends at ${placeIn(text, text.length)}, before it is complete.`
        : `No valid JSON: ${json.expected} was expected at ${placeIn(text, json.at)}.`;
    return { body, forms: others, charset, secrets: secretNames(roughNames(text)), notes: [...notes, told] };
  }
  if (forms[0] === 'form') {
    const boundary = media.type === 'multipart/form-data' ? media.parameters.get('boundary') : undefined;
    const form = boundary === undefined ? urlencodedFields(bytes) : multipartFields(bytes, boundary, truncated, notes);
    return { body, forms, charset, form, secrets: secretNames(form.map(({ name }) => plainText(name))), notes };
  }
  return { body, forms, charset, secrets: [], notes };
}

function urlencodedFields(bytes: Uint8Array): FormField[] {
  return urlencodedPairs(latin1Of(bytes)).map(({ name, value }) => {
    const shown = visibleBytes(name);
    return { name: shown, value: visibleBytes(value), secret: isSecretName(plainText(shown)) };
  });
}

function multipartFields(bytes: Uint8Array, boundary: string, truncated: boolean, notes: string[]): FormField[] {
  const { parts, closed } = multipartOf(bytes, boundary);
  if (!closed && !truncated) notes.push('The closing boundary is missing: the form may be incomplete.');
  return parts.map((part) => {
    const name = visibleBytes(bytesOf(part.name));
    return { name, ...contentOf(part), secret: isSecretName(plainText(name)) };
  });
}

/** Of a file, its name and how large it is; of a field, its text. */
function contentOf({ filename, type, content, complete }: FormPart): Pick<FormField, 'value' | 'note'> {
  const length = `${size(content.length)}${complete ? '' : ' of it are here'}`;
  const note = [...(type === '' ? [] : [visibleText(type)]), length].join(', ');
  if (filename !== undefined) return { value: visibleBytes(bytesOf(filename)), note: `file, ${note}` };
  if (looksLikeText(content, !complete)) {
    return { value: visibleBytes(content, 'utf-8', !complete), ...(complete ? {} : { note }) };
  }
  return { value: [`${counted(content.length, 'byte')} that are no text`], note };
}

/** What there is to know of how much is here. */
function notesOf(body: MessageBody): string[] {
  const { bytes, size: sent, decoded, undecodable } = body;
  const note = extentNote(body);
  const notes = [undecodable ?? '', note].filter((text) => text !== '');
  if (note === '' && decoded !== '')
    notes.push(`${size(bytes.length)}, decoded from ${size(sent)} of ${visibleText(decoded)}.`);
  return notes;
}

/** The names of members, as far as they can be told where the rest is no JSON. */
function roughNames(text: string): string[] {
  return [...text.matchAll(/['"]([^'"\n]{1,100})['"]\s*:/g)].map(([, name = '']) => name);
}

/** Each once, in their order. */
function secretNames(names: readonly string[]): string[] {
  return [...new Set(names.filter(isSecretName))];
}

/** "line 3, column 14" */
function placeIn(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
