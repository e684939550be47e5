import path from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { groups } from './groups.js';

/** How many of the changes the tests must notice, in each group and in all. */
const LEAST_PERCENT = 85;
const NOTICED = ['Killed', 'Timeout'];
const UNNOTICED = ['Survived', 'NoCoverage'];

const say = (line: string) => process.stdout.write(`${line}\n`);

type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

/**
 * `npm run mutation [-- GROUP...]`: changes the code that decides in every small way, one at a time, and runs its unit
 * tests. Tells which changes nobody noticed, and fails when they are too many.
 */
const asked = process.argv.slice(2);
const all: Mutant[] = [];
let isWell = true;
for (const name of asked.length > 0 ? asked : Object.keys(groups)) {
  const mutants = await mutate(name);
  all.push(...mutants);
  tellUnnoticed(mutants);
  tellScore(name, mutants);
  for (const file of new Set(mutants.map(({ fileName }) => fileName)))
    tellScore(
      `  ${fromHere(file)}`,
      mutants.filter(({ fileName }) => fileName === file),
    );
  isWell &&= percentOf(mutants) >= LEAST_PERCENT;
}
tellScore('all', all);
process.exitCode = isWell ? 0 : 1;

async function mutate(name: string): Promise<Mutant[]> {
  const group = groups[name];
  if (group === undefined)
    throw new Error(`there is no group ${name}, only ${Object.keys(groups).join(', ')}`);
  process.env['MUTATION_GROUP'] = name;
  const configFile = 'test/mutation/stryker.config.js';
  return new Stryker({ configFile, mutate: [...group.mutate] }).runMutationTest();
}

function tellUnnoticed(mutants: readonly Mutant[]): void {
  for (const { fileName, location, status, replacement = '', mutatorName } of mutants)
    if (UNNOTICED.includes(status))
      say(`${status} ${fromHere(fileName)}:${location.start.line} ${mutatorName} ${replacement}`);
}

function tellScore(name: string, mutants: readonly Mutant[]): void {
  const { noticed, told } = countsOf(mutants);
  say(`${name.padEnd(46)} ${percentOf(mutants).toFixed(1).padStart(5)} %  ${noticed} of ${told} noticed`);
}

function percentOf(mutants: readonly Mutant[]): number {
  const { noticed, told } = countsOf(mutants);
  return told === 0 ? 100 : (100 * noticed) / told;
}

function countsOf(mutants: readonly Mutant[]): { readonly noticed: number; readonly told: number } {
  const count = (states: readonly string[]) => mutants.filter(({ status }) => states.includes(status)).length;
  return { noticed: count(NOTICED), told: count([...NOTICED, ...UNNOTICED]) };
}

function fromHere(file: string): string {
  return path.relative('.', file);
}
