import { expect, it } from 'vitest';
import { addCounts, addTallies, EMPTY_TALLY, NO_COUNTS, tallyPatient } from '../../src/workflows/counts.js';

const read = { ...NO_COUNTS, seen: 6, created: 1, amended: 2, unchanged: 1, rejected: 1, withheld: 1 };

it('every patient is counted once, under its outcome, with what was read', () => {
  const tally = [
    { ...read, outcome: 'new data' } as const,
    { ...read, outcome: 'new data' } as const,
    { ...NO_COUNTS, outcome: 'could not read' } as const,
    'in flight' as const,
  ].reduce(tallyPatient, EMPTY_TALLY);
  expect(tally).toEqual({
    ...{ seen: 12, created: 2, amended: 4, unchanged: 2, rejected: 2, withheld: 2, held: 0, retired: 0 },
    patients: { ...EMPTY_TALLY.patients, 'new data': 2, 'could not read': 1, 'in flight': 1 },
  });
});

it('what was seen is what became of it, however tallies are added', () => {
  const shard = tallyPatient(EMPTY_TALLY, { ...read, outcome: 'new data' });
  const total = addTallies(addTallies(shard, shard), EMPTY_TALLY);
  const { seen, created, amended, unchanged, rejected, withheld, patients } = total;
  expect(seen).toBe(created + amended + unchanged + rejected + withheld);
  expect(patients['new data']).toBe(2);
  expect(EMPTY_TALLY.patients['new data']).toBe(0);
});

it('the counts of pages add up, each by itself', () => {
  const names = Object.keys(NO_COUNTS);
  const page = (factor: number) => ({
    ...NO_COUNTS,
    ...Object.fromEntries(names.map((name, index) => [name, factor * (index + 1)])),
  });
  expect(Object.values(NO_COUNTS)).toEqual(names.map(() => 0));
  expect(addCounts(page(1), page(10))).toEqual(page(11));
  expect(addCounts(NO_COUNTS, page(3))).toEqual(page(3));
});
