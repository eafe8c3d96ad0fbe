import { workspace, type WorkspaceFolder } from 'vscode';
import { defaultLimits, type Limits } from '../core/http/limits';
import { concurrencyModels, type ConcurrencyModel } from '../core/trace/concurrency';

/** What belongs to the server, whichever project it serves. */
export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  /** As it was written; the server reads it. */
  readonly scriptName: string;
  readonly concurrency: ConcurrencyModel;
  readonly slots: number;
  readonly backlog: number;
  readonly limits: Limits;
  readonly stopTimeoutMs: number;
  readonly restartOnSave: boolean;
  readonly maxExchanges: number;
}

/** What belongs to one workspace folder. */
export interface ProjectSettings {
  readonly app: string;
  readonly pythonPath: string;
  readonly env: Readonly<Record<string, string>>;
}

export const section = 'lifeline';

/** Where in the window the timeline stands: a tab of the editor area, or a view of the bottom panel. */
export const timelineLocations = ['editor', 'panel'] as const;
export type TimelineLocation = (typeof timelineLocations)[number];

export const mostSlots = 64;

/** Changes of these reach a running server only by a restart. Of concurrency and slots they do at once. */
export const needRestart = [
  'appFile',
  'pythonPath',
  'env',
  'host',
  'port',
  'scriptName',
  'requestQueueSize',
  'limits',
] as const;

export function readServerSettings(): ServerSettings {
  return {
    host: text('host') || '127.0.0.1',
    port: number('port', 8888, 0, 65_535),
    scriptName: text('scriptName'),
    concurrency: concurrencyModels.find((model) => model === text('concurrency')) ?? 'threads',
    slots: number('slots', 4, 1, mostSlots),
    backlog: number('requestQueueSize', 128, 1, 65_535),
    limits: readLimits(),
    stopTimeoutMs: number('stopTimeoutSeconds', 5, 0, 50) * 1000,
    restartOnSave: workspace.getConfiguration(section).get('restartOnSave') !== false,
    maxExchanges: number('trace.maxExchanges', 100_000, 100, 1_000_000),
  };
}

export function readTimelineLocation(): TimelineLocation {
  return timelineLocations.find((each) => each === text('timeline.location')) ?? 'editor';
}

export function readProjectSettings(folder: WorkspaceFolder): ProjectSettings {
  return { app: text('appFile', folder), pythonPath: text('pythonPath', folder), env: readEnv(folder) };
}

function readLimits(): Limits {
  const ms = (name: string, standard: number): number => number(`limits.${name}`, standard / 1000, 1) * 1000;
  return {
    requestLine: number('limits.requestLineBytes', defaultLimits.requestLine, 64),
    head: number('limits.headBytes', defaultLimits.head, 256),
    fields: number('limits.fields', defaultLimits.fields, 1),
    body: number('limits.bodyBytes', defaultLimits.body, 0),
    connections: number('limits.connections', defaultLimits.connections, 1),
    idleMs: ms('idleSeconds', defaultLimits.idleMs),
    headMs: ms('headSeconds', defaultLimits.headMs),
    bodyMs: ms('bodySeconds', defaultLimits.bodyMs),
    sendMs: ms('sendSeconds', defaultLimits.sendMs),
    appMs: number('limits.appSeconds', 0, 0) * 1000 || Infinity,
  };
}

/** settings.json is typed by hand: what is no number of the range counts as not set. */
function number(name: string, standard: number, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const value = workspace.getConfiguration(section).get<unknown>(name);
  return typeof value === 'number' && value >= least && value <= most ? value : standard;
}

function text(name: string, folder?: WorkspaceFolder): string {
  const value = workspace.getConfiguration(section, folder).get<unknown>(name);
  return typeof value === 'string' ? value.trim() : '';
}

function readEnv(folder: WorkspaceFolder): Readonly<Record<string, string>> {
  const value = workspace.getConfiguration(section, folder).get<unknown>('env');
  const env: Record<string, string> = {};
  if (typeof value !== 'object' || value === null) return env;
  for (const [name, each] of Object.entries(value)) {
    if (typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean') env[name] = String(each);
  }
  return env;
}
