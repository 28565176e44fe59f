/* Measures one size in a process of its own, so that the memory of one does not count for the next. Prints one JSON object as its last line. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { NIST80053R5Checks } from 'cdk-nag';
import { benchApp } from './app';
import { Soc2 } from '../src/checks';
import { assess } from '../src/ledger';
import { Loader } from '../src/template';

// CDK's own template validation would weigh on all three alike; it is not what is compared.
process.env.CDK_VALIDATION = 'false';
const ROUNDS = 3;
const directory = mkdtempSync(join(tmpdir(), 'soc2-bench-'));

function milliseconds(run: () => void): number {
  const began = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - began) / 1e6;
}

function median(times: number[]): number {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

/** The time of a synthesis with something registered on the app. Making the app does not count. */
function synthesis(resources: number, round: string, register: (app: App) => void): { ms: number; app: App } {
  const app = benchApp(resources, join(directory, round));
  register(app);
  const log = process.stderr.write;
  process.stderr.write = () => true;
  const ms = milliseconds(() => app.synth());
  process.stderr.write = log;
  return { ms, app };
}

function main(resources: number): void {
  const bare: number[] = [];
  const ours: number[] = [];
  const nag: number[] = [];
  let rssMb = 0;
  let app: App | undefined;
  // Taken in turns, so that a machine that slows down slows all of them.
  for (let round = 0; round < ROUNDS; round++) {
    ({ app } = synthesis(resources, `bare${round}`, () => {}));
    bare.push(synthesis(resources, `again${round}`, () => {}).ms);
    const before = process.resourceUsage().maxRSS;
    ours.push(synthesis(resources, `ours${round}`, (one) => Soc2.apply(one, { evidenceDirectory: join(directory, 'evidence') })).ms);
    if (round === 0) rssMb = (process.resourceUsage().maxRSS - before) / 1024;
    nag.push(synthesis(resources, `nag${round}`, (one) => Validations.of(one).addPlugins(new NIST80053R5Checks(one))).ms);
  }
  const paths = app!.synth().stacks.map((stack) => stack.templateFullPath);
  const texts = paths.map((path) => readFileSync(path, 'utf8'));
  const parseMs = median(Array.from({ length: 5 }, () => milliseconds(() => texts.forEach((text) => JSON.parse(text)))));
  let evaluations = 0;
  const engineMs = median(Array.from({ length: 5 }, () => milliseconds(() => {
    const loader = new Loader();
    const unit = loader.newUnit();
    for (const path of paths) loader.addFile(path, basename(path), unit, {}, true);
    evaluations = assess(loader.finish(), { categories: ['security', 'availability'], asOf: '2026-01-01', command: 'bench', advisory: false }).evaluations.length;
  })));
  rmSync(directory, { recursive: true, force: true });
  const round = (n: number) => Math.round(n * 10) / 10;
  const pluginMs = median(ours) - median(bare);
  const nagMs = median(nag) - median(bare);
  process.stdout.write(`${JSON.stringify({ resources, parseMs: round(parseMs), engineMs: round(engineMs), pluginMs: round(pluginMs), nagMs: round(nagMs), rssMb: round(rssMb), evaluations })}\n`);
}

main(Number(process.argv[2]));
