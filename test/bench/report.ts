import type { Contender } from './contenders';
import type { Figures, Goal, Scenario } from './scenarios';

/** A scenario as a heading and two Markdown tables: what each contender did, and the goals. */
export function scenarioReport(scenario: Scenario, figures: ReadonlyMap<Contender, Figures>): string {
  const ours = figures.get('lifeline');
  const rows = [...figures].map(([contender, each]) => [
    contender,
    thousands(each.perSecond),
    each.p50.toFixed(2),
    each.p99.toFixed(2),
    each.cpu.toFixed(1),
    contender === 'lifeline' || !ours ? '' : `${(ours.perSecond / each.perSecond).toFixed(2)}×`,
    ...(scenario.beside ? [each.besidePerSecond.toFixed(1)] : []),
    ...(scenario.held === undefined ? [] : [each.idleP99.toFixed(2)]),
    each.errors === 0 ? '' : thousands(each.errors),
  ]);
  const heads = ['server', 'req/s', 'p50 ms', 'p99 ms', 'CPU µs/req', 'lifeline is'];
  const more = [...(scenario.beside ? ['slow req/s'] : []), ...(scenario.held === undefined ? [] : ['idle p99 ms'])];
  const table = markdown([...heads, ...more, 'errors'], rows);
  const goals = scenario.goals((contender) => figures.get(contender) ?? missing(contender));
  return `### ${scenario.title}\n\n${table}\n${goalTable(goals)}`;
}

export function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map((goal) => [
    goal.text,
    amount(goal.reached, goal),
    goal.required === undefined ? '' : `${amount(goal.required, goal)} ${verdict(goal, goal.required)}`,
    goal.aim === undefined ? '' : `${amount(goal.aim, goal)} ${verdict(goal, goal.aim)}`,
  ]);
  return markdown(['goal', 'reached', 'required', 'aim'], rows);
}

export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |\n`;
  return line(head) + line(widths.map((width) => '-'.repeat(width))) + rows.map(line).join('');
}

function amount(value: number, { unit }: Goal): string {
  return unit === '×' ? `${value.toFixed(2)}×` : `${value.toFixed(unit === 'ms' ? 2 : 1)} ${unit}`;
}

function verdict(goal: Goal, mark: number): string {
  const met = goal.atMost === true ? goal.reached <= mark : goal.reached >= mark;
  return met ? '✔' : '✘';
}

function thousands(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
}

function missing(contender: Contender): never {
  throw new Error(`${contender} was not measured.`);
}
