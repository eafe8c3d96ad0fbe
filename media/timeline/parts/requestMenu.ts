import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { copyForms, type CopyForm } from '../../../src/core/trace/copyAs';
import type { ExchangePart } from '../../../src/core/trace/messages';
import './menuButton';
import type { MenuButton, MenuEntry } from './menuButton';

/** What can be asked of one request. */
export type RequestAction = HostAction | PageAction;

/** What the host does by itself. */
export type HostAction =
  | { readonly kind: 'copyAs'; readonly form: CopyForm }
  | { readonly kind: 'open'; readonly part: ExchangePart }
  | { readonly kind: 'saveBody'; readonly message: 'request' | 'response' }
  | { readonly kind: 'openSource'; readonly file: string; readonly line: number };

type PageAction =
  | { readonly kind: 'replay' }
  | { readonly kind: 'edit' }
  | { readonly kind: 'compare'; readonly with: ComparedWith }
  | { readonly kind: 'pin' }
  | { readonly kind: 'copyRow' };

/** The other one: the last one before it of the same method and path, the one pinned last, or both that are chosen. */
export type ComparedWith = 'previous' | 'pinned' | 'chosen';

/** What the menu has to know of a request, to offer what is possible. */
export interface RequestSituation {
  readonly pinned: boolean;
  /** Another one is pinned. */
  readonly otherPinned: boolean;
  /** How many are chosen together with it. */
  readonly chosen: number;
}

const alone: RequestSituation = { pinned: false, otherPinned: false, chosen: 0 };

interface MenuItem extends Omit<MenuEntry, 'choose'> {
  readonly action: RequestAction;
}

function itemsFor({ pinned, otherPinned, chosen }: RequestSituation): MenuItem[] {
  return [
    { label: 'Replay', key: 'S', action: { kind: 'replay' } },
    { label: 'Edit and Replay…', key: 'E', action: { kind: 'edit' } },
    { label: 'Compare with Previous', key: 'D', action: { kind: 'compare', with: 'previous' }, apart: true },
    { label: 'Compare with Pinned', action: { kind: 'compare', with: 'pinned' }, disabled: !otherPinned },
    ...(chosen === 2
      ? [{ label: 'Compare the Chosen Two', action: { kind: 'compare', with: 'chosen' } as const }]
      : []),
    { label: pinned ? 'Unpin' : 'Pin', key: 'B', action: { kind: 'pin' } },
    ...(Object.keys(copyForms) as CopyForm[]).map((form, index) => ({
      label: `Copy as ${copyForms[form]}`,
      action: { kind: 'copyAs', form } as const,
      apart: index === 0,
    })),
    { label: chosen > 1 ? `Copy ${chosen} Rows` : 'Copy Row', action: { kind: 'copyRow' } },
    { label: 'Open Request Head in Editor', action: { kind: 'open', part: 'requestHead' }, apart: true },
    { label: 'Open Request Body in Editor', action: { kind: 'open', part: 'requestBody' } },
    { label: 'Open Response Head in Editor', action: { kind: 'open', part: 'responseHead' } },
    { label: 'Open Response Body in Editor', action: { kind: 'open', part: 'responseBody' } },
    { label: 'Save Request Body…', action: { kind: 'saveBody', message: 'request' }, apart: true },
    { label: 'Save Response Body…', action: { kind: 'saveBody', message: 'response' } },
  ];
}

/** Everything that can be done with one request. Events: `choose` with a `RequestAction`, `closed`. */
@customElement('lifeline-request-menu')
export class RequestMenu extends LitElement {
  static override styles = css`
    :host {
      flex: none;
    }
  `;

  @property({ attribute: false }) situation: RequestSituation | undefined;
  /** Without a button: others open it, where they are asked for it. */
  @property({ type: Boolean }) bare = false;
  @query('lifeline-menu') private menu!: MenuButton;

  override render(): TemplateResult {
    return html`<lifeline-menu
      label="Request Actions"
      hint="Replay, compare, pin, copy or open this request"
      ?bare=${this.bare}
      @closed=${() => this.dispatchEvent(new Event('closed'))}
      .entries=${itemsFor(this.situation ?? alone).map(({ action, ...entry }) => ({
        ...entry,
        choose: () => this.dispatchEvent(new CustomEvent<RequestAction>('choose', { detail: action })),
      }))}
    ></lifeline-menu>`;
  }

  /** At a point of the window. */
  openAt(x: number, y: number): void {
    this.menu.openAt(x, y);
  }
}
