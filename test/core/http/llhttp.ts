import { createRequire } from 'node:module';
import { ERROR, TYPE } from 'undici/lib/llhttp/constants.js';

/** What llhttp, the parser of Node.js, makes of a client's bytes. */
export interface LlhttpReading {
  /** The bodies of the requests that are complete, in order. */
  readonly bodies: readonly string[];
  /** "INVALID_METHOD" or the like, or undefined where all bytes are accepted and the end as well. */
  readonly error: string | undefined;
}

/** The functions of undici's WebAssembly build that are called here. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => void;
  readonly malloc: (size: number) => number;
  readonly free: (at: number) => void;
  readonly llhttp_alloc: (type: number) => number;
  readonly llhttp_free: (parser: number) => void;
  readonly llhttp_execute: (parser: number, at: number, length: number) => number;
  readonly llhttp_finish: (parser: number) => number;
  readonly llhttp_get_error_pos: (parser: number) => number;
  readonly llhttp_resume_after_upgrade: (parser: number) => void;
}

const wasm: unknown = createRequire(import.meta.filename)('undici/lib/llhttp/llhttp-wasm.js');
let complete: string[] = [];
let body = '';
const nothing = (): number => 0;
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm as Uint8Array<ArrayBuffer>), {
  env: {
    wasm_on_message_begin: nothing,
    wasm_on_url: nothing,
    wasm_on_status: nothing,
    wasm_on_header_field: nothing,
    wasm_on_header_value: nothing,
    wasm_on_headers_complete: nothing,
    wasm_on_body: (_parser: number, at: number, length: number): number => {
      body += Buffer.from(llhttp.memory.buffer, at, length).toString('latin1');
      return 0;
    },
    wasm_on_message_complete: (): number => {
      complete.push(body);
      body = '';
      return 0;
    },
  },
});
const llhttp = exports as unknown as Exports;
llhttp._initialize();
const names = new Map(Object.entries(ERROR).map(([name, code]) => [code, name]));

/** Parses with the strict settings, which are the defaults; then the client sends no more. */
export function llhttpReading(bytes: Uint8Array): LlhttpReading {
  complete = [];
  body = '';
  const parser = llhttp.llhttp_alloc(TYPE['REQUEST'] ?? 1);
  const place = llhttp.malloc(bytes.length + 1);
  try {
    Buffer.from(llhttp.memory.buffer).set(bytes, place);
    const end = place + bytes.length;
    let code = llhttp.llhttp_execute(parser, place, bytes.length);
    // Like ours, it is told that no other protocol is taken up.
    while (names.get(code) === 'PAUSED_UPGRADE') {
      llhttp.llhttp_resume_after_upgrade(parser);
      const at = llhttp.llhttp_get_error_pos(parser);
      code = llhttp.llhttp_execute(parser, at, end - at);
    }
    if (code === 0) code = llhttp.llhttp_finish(parser);
    const name = names.get(code) ?? String(code);
    // After "Connection: close" nothing more is read, by ours without a word.
    return { bodies: complete, error: code === 0 || name === 'CLOSED_CONNECTION' ? undefined : name };
  } finally {
    llhttp.free(place);
    llhttp.llhttp_free(parser);
  }
}
